import { defineAnnotation, line } from './define.ts';

export const definitionAtLocation = defineAnnotation({
  key: 'backstage.io/definition-at-location',
  title: 'API definition',
  schema: line,
  expects: 'a location',
  deprecated: '$text',
});
