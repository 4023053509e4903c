import { z } from 'zod';
import { findSafeUrl } from '../urls.ts';
import { defineAnnotation } from './define.ts';

export const sourceLocation = defineAnnotation({
  key: 'backstage.io/source-location',
  title: 'Source',
  schema: z.string().regex(/^(?:url|file|dir):\S/),
  expects: '`url:` and the address of the source',
  toLink: (value) => (value.startsWith('url:') ? findSafeUrl(value.slice('url:'.length)) : undefined),
});
