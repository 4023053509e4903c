import { z } from 'zod';
import { coreVersions, defineKind, dependencies, ownership, system, text, texts } from './define.ts';

export const resource = defineKind({
  kind: 'Resource',
  plural: 'resources',
  label: 'Resource',
  icon: 'database',
  about: 'Infrastructure that components need to run: a database, a bucket, a cluster.',
  apiVersions: coreVersions,
  spec: z.looseObject({
    type: text,
    owner: text,
    system: text.optional(),
    dependsOn: texts.optional(),
    // Backstage honours it without checking it.
    dependencyOf: z.unknown().optional(),
  }),
  relations: [...ownership, system, ...dependencies],
});
