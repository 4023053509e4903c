import type { Docs } from './collect.ts';
import type { EditSettings } from './mkdocs.ts';

/** Where a page is edited, nowhere if that is empty; whether mkdocs.yml leaves no doubt about it. */
export type PageEdit = { url: string; isSure: boolean };

/** What MkDocs takes where only the repository is named; its pages are in `docs` on the branch of that name. */
const usualUris: Readonly<Record<string, string>> = {
  'github.com': 'edit/master/docs/',
  'gitlab.com': 'edit/master/docs/',
  'bitbucket.org': 'src/default/docs/',
};

/** Where each page is edited as its configuration says, or that of the site it is included from; by source. */
export function listEdits({ pages, mounts }: Docs): Map<string, PageEdit> {
  const edits = new Map<string, PageEdit>();
  const byAlias = new Map(mounts.map((mount) => [mount.alias, mount]));
  for (const { path, source } of pages) {
    const mount = findAbove(path, byAlias) ?? byAlias.get('');
    const edit = mount && findEdit(path.slice(mount.alias === '' ? 0 : mount.alias.length + 1), mount.edit);
    if (edit) edits.set(source, edit);
  }
  return edits;
}

/** What is known of the closest folder above a path. */
function findAbove<Known>(path: string, known: ReadonlyMap<string, Known>): Known | undefined {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    const found = known.get(path.slice(0, at));
    if (found) return found;
  }
  return undefined;
}

/** Where the page at a path in the docs is edited; nothing where the configuration does not say. */
export function findEdit(path: string, { repoUrl, editUri, template }: EditSettings): PageEdit | undefined {
  if (template !== '') return toEdit(join(repoUrl, fillTemplate(template, path)), true);
  if (editUri === '') return { url: '', isSure: true };
  const uri = editUri ?? usualUris[toHost(repoUrl)];
  if (uri === undefined) return undefined;
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return toEdit(
    /^[?#]/.test(uri) ? `${repoUrl}${uri}${encoded}` : join(repoUrl, `${uri.replace(/\/*$/, '/')}${encoded}`),
    false,
  );
}

const toEdit = (url: string | undefined, isSure: boolean) => (url === undefined ? undefined : { url, isSure });

function join(repoUrl: string, uri: string): string | undefined {
  const base = repoUrl === '' ? undefined : repoUrl.replace(/\/*$/, '/');
  return URL.parse(uri, base)?.href;
}

const toHost = (url: string): string => URL.parse(url)?.host ?? '';

/** Fills `{path}` and `{path_noext}` in; `!q` asks for characters that addresses need escaped. */
function fillTemplate(template: string, path: string): string {
  return template.replace(/\{(path|path_noext)(!q)?\}/g, (_, name: string, quoted: string | undefined) => {
    const value = name === 'path' ? path : path.replace(/\.[^./]+$/, '');
    return quoted ? encodeURIComponent(value) : value;
  });
}
