import { defineAnnotation, line } from './define.ts';

export const sentryProjectSlug = defineAnnotation({
  key: 'sentry.io/project-slug',
  title: 'Sentry project',
  schema: line,
  expects: '`project`, or `organisation/project`',
});
