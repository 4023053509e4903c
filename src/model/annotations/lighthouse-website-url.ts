import { defineAnnotation, webAddress } from './define.ts';

export const lighthouseWebsiteUrl = defineAnnotation({
  key: 'lighthouse.com/website-url',
  title: 'Website',
  schema: webAddress,
  expects: 'an address that begins with `https:`',
  toLink: (value) => value,
});
