import { z } from 'zod';
import { defineAnnotation } from './define.ts';

/** An annotation of Portolan's own: without it nobody can read a line of an entity's logs. */
export const kubernetesLogs = defineAnnotation({
  key: 'portolan.io/kubernetes-logs',
  title: 'Kubernetes logs',
  schema: z.enum(['true', 'false']),
  expects: '`true`, to let its owners read the end of its logs in the portal',
});
