import { defineAnnotation, slug } from './define.ts';

export const circleciProjectSlug = defineAnnotation({
  key: 'circleci.com/project-slug',
  title: 'CircleCI project',
  schema: slug,
  expects: '`github/owner/repository`',
  toLink: (value) => `https://app.circleci.com/pipelines/${value}`,
});
