import { toFileName } from './paths.ts';

/** The name that teams are told to use. */
export const catalogFileName = 'catalog-info.yaml';

const namePattern = /^\.?catalog-info\.ya?ml$/;
const misspelling = /^[._]?catalog[-_. ]?info[-_]?\.(?:ya?ml|json)(?:\.txt)?$/i;
const conventionalNames = /^(?:backstage|catalog|component|entities|entity)\.ya?ml$/i;

/** Folders whose catalog files are patterns, dependencies or test material rather than entries of the catalog. */
const foreignFolders: ReadonlySet<string> = new Set([
  '.git',
  'node_modules',
  'vendor',
  'skeleton',
  'skeletons',
  'content',
  '__fixtures__',
  'fixtures',
  '__mocks__',
  'mocks',
  'testdata',
]);

const isForeignFolder = (name: string) => foreignFolders.has(name) || name.includes('${{') || name.includes('{{');

/** Whether a path lies in a template's skeleton, in dependencies or among test material, by the names of its folders. */
export function isForeignPath(path: string): boolean {
  const parts = path.split('/');
  return parts.slice(0, -1).some(isForeignFolder) || (parts.at(-1) ?? '').includes('{{');
}

/** Whether a file is a catalog file by its name: `catalog-info.yaml`, `.yml`, with or without a leading dot. */
export function isCatalogFile(path: string): boolean {
  return namePattern.test(toFileName(path));
}

/** Whether a file may be a Template by its place: `template.yaml` at the top or anywhere below `templates/`. */
export function isTemplatePlace(path: string): boolean {
  return /^(?:(?:.*\/)?templates\/(?:.*\/)?)?template\.ya?ml$/.test(path);
}

/** Whether a file is `all.yaml` at the top, which by custom is a Location that names all others. */
export function isRootIndex(path: string): boolean {
  return /^all\.ya?ml$/.test(path);
}

/** Where a repository says who owns its files, in the order in which GitHub looks for it. */
export const ownersPlaces: readonly string[] = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/** Whether a name is a slip of `catalog-info.yaml`. */
export function isMisspelled(path: string): boolean {
  const name = toFileName(path);
  return misspelling.test(name) && !namePattern.test(name);
}

/** Whether a file's name and place make it worth a look: people expect it to be read, but it is not by name. */
export function isSuspicious(path: string): boolean {
  return (
    /^(?:(?:\.backstage|\.github|backstage|catalog)\/)?[^/]+$/.test(path) && conventionalNames.test(toFileName(path))
  );
}

/** Whether a text has an entity of one of these kinds, seen by its lines alone. */
export function hasKind(text: string, kinds: readonly string[]): boolean {
  if (!/^apiVersion:\s*["']?(?:[a-z0-9-]+\.)?backstage\.io\//m.test(text)) return false;
  return new RegExp(`^kind:\\s*["']?(?:${kinds.join('|')})\\b`, 'm').test(text);
}
