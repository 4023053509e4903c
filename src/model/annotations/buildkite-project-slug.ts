import { defineAnnotation, slug } from './define.ts';

export const buildkiteProjectSlug = defineAnnotation({
  key: 'buildkite.com/project-slug',
  title: 'Buildkite pipeline',
  schema: slug,
  expects: '`organisation/pipeline`',
  toLink: (value) => `https://buildkite.com/${value}`,
});
