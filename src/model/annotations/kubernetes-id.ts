import { z } from 'zod';
import { isObjectName } from '../formats.ts';
import { defineAnnotation } from './define.ts';

export const kubernetesId = defineAnnotation({
  key: 'backstage.io/kubernetes-id',
  title: 'Kubernetes workloads',
  schema: z.string().refine(isObjectName),
  expects: 'the value of the label `backstage.io/kubernetes-id` of the workloads',
  missing: {
    kinds: ['Component'],
    brings: 'shows its pods, restarts and events',
    toValue: ({ name }) => name,
  },
});
