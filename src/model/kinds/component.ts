import { z } from 'zod';
import { coreVersions, defineKind, dependencies, ownership, system, text, texts } from './define.ts';

export const component = defineKind({
  kind: 'Component',
  plural: 'components',
  label: 'Component',
  icon: 'box',
  about: 'A piece of software that a team builds and runs: a service, a website, a library.',
  apiVersions: coreVersions,
  spec: z.looseObject({
    type: text,
    lifecycle: text,
    owner: text,
    system: text.optional(),
    subcomponentOf: text.optional(),
    providesApis: texts.optional(),
    consumesApis: texts.optional(),
    dependsOn: texts.optional(),
    // Backstage honours it without checking it.
    dependencyOf: z.unknown().optional(),
  }),
  relations: [
    ...ownership,
    system,
    { field: 'subcomponentOf', type: 'partOf', defaultKind: 'Component' },
    { field: 'providesApis', type: 'providesApi', defaultKind: 'API' },
    { field: 'consumesApis', type: 'consumesApi', defaultKind: 'API' },
    ...dependencies,
  ],
});
