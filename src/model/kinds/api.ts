import { z } from 'zod';
import { coreVersions, defineKind, ownership, system, text } from './define.ts';

const shared = { type: text, lifecycle: text, owner: text, system: text.optional() };

const remotesSchema = z.array(z.looseObject({ type: text, url: text })).min(1);

export const api = defineKind({
  kind: 'API',
  plural: 'apis',
  label: 'API',
  icon: 'plug',
  section: 'apis',
  about: 'A boundary between components that is written down: OpenAPI, AsyncAPI, GraphQL, gRPC.',
  apiVersions: coreVersions,
  spec: z.looseObject({ ...shared, definition: text }),
  relations: [...ownership, system],
  variant: {
    spec: z.looseObject({
      ...shared,
      type: z.literal('mcp-server'),
      remotes: remotesSchema,
    }),
    beyond:
      'The default engine of Backstage demands a `definition` of every API, also of an `mcp-server` that has `remotes`.',
  },
});
