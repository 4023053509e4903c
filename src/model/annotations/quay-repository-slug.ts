import { defineAnnotation, slug } from './define.ts';

export const quayRepositorySlug = defineAnnotation({
  key: 'quay.io/repository-slug',
  title: 'Quay repository',
  schema: slug,
  expects: '`organisation/repository`',
  toLink: (value) => `https://quay.io/repository/${value}`,
});
