import { defineAnnotation, line } from './define.ts';

export const jenkinsGithubFolder = defineAnnotation({
  key: 'jenkins.io/github-folder',
  title: 'Jenkins job',
  schema: line,
  expects: 'the full name of the job, folders included',
  deprecated: 'jenkins.io/job-full-name',
});
