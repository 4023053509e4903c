import { z } from 'zod';
import { coreVersions, defineKind, text, texts } from './define.ts';

export const location = defineKind({
  kind: 'Location',
  plural: 'locations',
  label: 'Location',
  icon: 'map-pin',
  about: 'A signpost to other catalog files.',
  apiVersions: coreVersions,
  spec: z.looseObject({
    type: text.optional(),
    target: text.optional(),
    targets: texts.optional(),
    presence: z.enum(['required', 'optional']).optional(),
  }),
  relations: [],
});
