import { z } from 'zod';
import { coreVersions, defineKind, ownership, text } from './define.ts';

export const domain = defineKind({
  kind: 'Domain',
  plural: 'domains',
  label: 'Domain',
  icon: 'landmark',
  about: 'A part of the business, and the systems that serve it.',
  apiVersions: coreVersions,
  spec: z.looseObject({ owner: text, subdomainOf: text.optional(), type: text.optional() }),
  relations: [...ownership, { field: 'subdomainOf', type: 'partOf', defaultKind: 'Domain' }],
});
