import { z } from 'zod';
import { coreVersions, defineKind, profile, text, texts } from './define.ts';

export const group = defineKind({
  kind: 'Group',
  plural: 'groups',
  label: 'Group',
  icon: 'users',
  section: 'organisation',
  about: 'A team, a department or any other set of people that can own things.',
  apiVersions: coreVersions,
  spec: z.looseObject({
    type: text,
    children: texts,
    profile: profile.optional(),
    parent: text.optional(),
    members: texts.optional(),
  }),
  relations: [
    { field: 'parent', type: 'childOf', defaultKind: 'Group' },
    { field: 'children', type: 'parentOf', defaultKind: 'Group' },
    { field: 'members', type: 'hasMember', defaultKind: 'User' },
  ],
});
