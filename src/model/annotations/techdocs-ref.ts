import { z } from 'zod';
import { defineAnnotation } from './define.ts';

export const techdocsRef = defineAnnotation({
  key: 'backstage.io/techdocs-ref',
  title: 'Documentation',
  schema: z.string().regex(/^(?:dir|url):\S/),
  expects: '`dir:.` for docs beside the catalog file, or `url:` and the address of a folder of a repository',
  missing: {
    kinds: ['Component', 'API', 'System'],
    brings: 'publishes the docs that stand beside the catalog file',
    toValue: () => 'dir:.',
  },
});
