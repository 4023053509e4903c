import { z } from 'zod';
import { coreVersions, defineKind, profile, texts } from './define.ts';

export const user = defineKind({
  kind: 'User',
  plural: 'users',
  label: 'User',
  icon: 'user',
  section: 'organisation',
  about: 'A person, and the groups that person belongs to.',
  apiVersions: coreVersions,
  spec: z.looseObject({ memberOf: texts, profile: profile.optional() }),
  relations: [{ field: 'memberOf', type: 'memberOf', defaultKind: 'Group' }],
});
