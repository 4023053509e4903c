import { z } from 'zod';
import { defineAnnotation } from './define.ts';

export const githubProjectSlug = defineAnnotation({
  key: 'github.com/project-slug',
  title: 'GitHub repository',
  schema: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  expects: '`owner/repository`, without the address of GitHub before it',
  toLink: (value) => `https://github.com/${value}`,
  missing: {
    kinds: ['Component'],
    brings: 'shows the last workflow runs and the open pull requests',
    toValue: ({ name }) => `your-organisation/${name}`,
  },
});
