import { z } from 'zod';
import { defineAnnotation } from './define.ts';

export const githubTeamSlug = defineAnnotation({
  key: 'github.com/team-slug',
  title: 'GitHub team',
  schema: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  expects: '`organisation/team`',
  toLink: (value) => `https://github.com/orgs/${value.replace('/', '/teams/')}`,
});
