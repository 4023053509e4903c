import { defineAnnotation, line } from './define.ts';

export const argocdProjectName = defineAnnotation({
  key: 'argocd/project-name',
  title: 'Argo CD project',
  schema: line,
  expects: 'the name of a project of Argo CD',
});
