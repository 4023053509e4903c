import { z } from 'zod';
import { defineAnnotation } from './define.ts';

export const npmPackage = defineAnnotation({
  key: 'npm/package',
  title: 'npm package',
  schema: z.string().regex(/^(?:@[\w.-]+\/)?[\w.-]+$/),
  expects: 'the name of the package, with its scope where it has one',
  toLink: (value) => `https://www.npmjs.com/package/${value}`,
});
