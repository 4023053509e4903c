import { z } from 'zod';
import { coreVersions, defineKind, ownership, text } from './define.ts';

export const system = defineKind({
  kind: 'System',
  plural: 'systems',
  label: 'System',
  icon: 'boxes',
  section: 'systems',
  about: 'Components, APIs and resources that together do one job for the rest of the organisation.',
  apiVersions: coreVersions,
  spec: z.looseObject({ owner: text, domain: text.optional(), type: text.optional() }),
  relations: [...ownership, { field: 'domain', type: 'partOf', defaultKind: 'Domain' }],
});
