import { z } from 'zod';
import { defineAnnotation } from './define.ts';

export const githubUserLogin = defineAnnotation({
  key: 'github.com/user-login',
  title: 'GitHub user',
  schema: z.string().regex(/^[\w-]+$/),
  expects: 'the login alone',
  toLink: (value) => `https://github.com/${value}`,
});
