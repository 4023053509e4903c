import { defineExtension } from './define.ts';

/** What nothing needs to be done for: front matter is always read, comments and styles never reach a page. */
export const silent = defineExtension({
  name: 'meta',
  aliases: [
    'markdown.extensions.meta',
    'full_yaml_metadata',
    'pymdownx.striphtml',
    'pymdownx.b64',
    'pymdownx.pathconverter',
  ],
  install: () => undefined,
});
