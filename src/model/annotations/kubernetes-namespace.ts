import { z } from 'zod';
import { isNamespace } from '../formats.ts';
import { defineAnnotation } from './define.ts';

export const kubernetesNamespace = defineAnnotation({
  key: 'backstage.io/kubernetes-namespace',
  title: 'Kubernetes namespace',
  schema: z.string().refine(isNamespace),
  expects: 'the name of one namespace',
});
