type ContentType = { type: string; isText: boolean };

const text = (type: string): ContentType => ({ type: `${type}; charset=utf-8`, isText: true });
const bytes = (type: string): ContentType => ({ type, isText: false });

const unknown = bytes('application/octet-stream');

const contentTypes = new Map<string, ContentType>([
  ['avif', bytes('image/avif')],
  ['css', text('text/css')],
  ['csv', text('text/csv')],
  ['gif', bytes('image/gif')],
  ['graphql', text('text/plain')],
  ['html', text('text/html')],
  ['ico', bytes('image/x-icon')],
  ['jpeg', bytes('image/jpeg')],
  ['jpg', bytes('image/jpeg')],
  ['js', text('text/javascript')],
  ['json', text('application/json')],
  ['map', text('application/json')],
  ['md', text('text/markdown')],
  ['mjs', text('text/javascript')],
  ['mmd', text('text/plain')],
  ['mp4', bytes('video/mp4')],
  ['pdf', bytes('application/pdf')],
  ['png', bytes('image/png')],
  ['proto', text('text/plain')],
  ['svg', text('image/svg+xml')],
  ['txt', text('text/plain')],
  ['wasm', bytes('application/wasm')],
  ['webm', bytes('video/webm')],
  ['webmanifest', text('application/manifest+json')],
  ['webp', bytes('image/webp')],
  ['woff', bytes('font/woff')],
  ['woff2', bytes('font/woff2')],
  ['xml', text('application/xml')],
  ['yaml', text('application/yaml')],
  ['yml', text('application/yaml')],
  ['zip', bytes('application/zip')],
]);

/** The content type of a file by the ending of its name, and whether it is text, which is worth compressing. */
export function toContentType(file: string): ContentType {
  return contentTypes.get(/\.([a-z0-9]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '') ?? unknown;
}
