import { defineAnnotation, line } from './define.ts';

export const sonarqubeProjectKey = defineAnnotation({
  key: 'sonarqube.org/project-key',
  title: 'SonarQube project',
  schema: line,
  expects: 'the key of the project, with or without the name of the instance and a slash before it',
});
