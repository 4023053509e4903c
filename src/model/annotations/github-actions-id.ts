import { defineAnnotation, slug } from './define.ts';

export const githubActionsId = defineAnnotation({
  key: 'backstage.io/github-actions-id',
  title: 'GitHub repository',
  schema: slug,
  expects: '`owner/repository`',
  deprecated: 'github.com/project-slug',
});
