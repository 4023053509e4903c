import { defineAnnotation, line } from './define.ts';

export const argocdAppSelector = defineAnnotation({
  key: 'argocd/app-selector',
  title: 'Argo CD applications',
  schema: line,
  expects: 'a label selector, `team=payments`',
});
