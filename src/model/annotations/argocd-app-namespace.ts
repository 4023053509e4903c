import { z } from 'zod';
import { isNamespace } from '../formats.ts';
import { defineAnnotation } from './define.ts';

export const argocdAppNamespace = defineAnnotation({
  key: 'argocd/app-namespace',
  title: 'Namespace of the Argo CD application',
  schema: z.string().refine(isNamespace),
  expects: 'the name of one namespace',
});
