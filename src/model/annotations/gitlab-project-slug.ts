import { defineAnnotation, slug } from './define.ts';

export const gitlabProjectSlug = defineAnnotation({
  key: 'gitlab.com/project-slug',
  title: 'GitLab project',
  schema: slug,
  expects: '`group/project`',
  toLink: (value) => `https://gitlab.com/${value}`,
});
