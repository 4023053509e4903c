import { z } from 'zod';
import { defineAnnotation } from './define.ts';

export const argocdAppName = defineAnnotation({
  key: 'argocd/app-name',
  title: 'Argo CD application',
  schema: z.string().regex(/^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/),
  expects: 'the name of one application of Argo CD',
  missing: {
    kinds: ['Component'],
    brings: 'shows whether its deployment is in sync and healthy',
    toValue: ({ name }) => name,
  },
});
