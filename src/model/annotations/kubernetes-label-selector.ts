import { defineAnnotation, line } from './define.ts';

export const kubernetesLabelSelector = defineAnnotation({
  key: 'backstage.io/kubernetes-label-selector',
  title: 'Kubernetes selector',
  schema: line,
  expects: 'a label selector, `app=checkout,tier=web`',
});
