import { defineAnnotation, line } from './define.ts';

export const kubernetesCluster = defineAnnotation({
  key: 'backstage.io/kubernetes-cluster',
  title: 'Kubernetes cluster',
  schema: line,
  expects: 'the name of a cluster that the operator has configured',
});
