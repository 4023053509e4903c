import { defineAnnotation, line } from './define.ts';

export const jenkinsJobFullName = defineAnnotation({
  key: 'jenkins.io/job-full-name',
  title: 'Jenkins job',
  schema: line,
  expects: 'the full name of the job, folders included',
});
