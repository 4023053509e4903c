import { defineAnnotation, webAddress } from './define.ts';

export const editUrl = defineAnnotation({
  key: 'backstage.io/edit-url',
  title: 'Edit',
  schema: webAddress,
  expects: 'an address that begins with `https:`',
  toLink: (value) => value,
});
