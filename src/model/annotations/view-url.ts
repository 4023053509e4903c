import { defineAnnotation, webAddress } from './define.ts';

export const viewUrl = defineAnnotation({
  key: 'backstage.io/view-url',
  title: 'View',
  schema: webAddress,
  expects: 'an address that begins with `https:`',
  toLink: (value) => value,
});
