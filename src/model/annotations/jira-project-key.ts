import { defineAnnotation, line } from './define.ts';

export const jiraProjectKey = defineAnnotation({
  key: 'jira/project-key',
  title: 'Jira project',
  schema: line,
  expects: 'the key of the project',
});
