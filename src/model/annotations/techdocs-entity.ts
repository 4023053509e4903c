import { z } from 'zod';
import { parseRef } from '../ref.ts';
import { defineAnnotation } from './define.ts';

export const techdocsEntity = defineAnnotation({
  key: 'backstage.io/techdocs-entity',
  title: 'Documentation of another entity',
  schema: z.string().refine((value) => parseRef(value).value !== undefined),
  expects: 'a reference with its kind, `component:default/name`',
});
