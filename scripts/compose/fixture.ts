import { parseAllDocuments } from 'yaml';
import type { Catalog, Repository } from '#model/catalog.ts';
import { relate } from '../relate.ts';
import { validate } from '../validate.ts';

/** A catalog made of YAML as teams write it, for tests; every document lies at line 1 of its own file of `shop`. */
export function toCatalog(yaml: string, repository: Partial<Repository> = {}): Catalog {
  const documents = parseAllDocuments(yaml).map((document, docIndex) => {
    const place = { repository: 'shop', path: `file-${docIndex}.yaml`, line: 1, column: 1 };
    return { place, docIndex: 0, value: document.toJS() as unknown, problems: [], locate: () => place };
  });
  return relate(validate(documents), [
    { id: 'shop', url: 'https://github.com/acme/shop', branch: 'main', ...repository },
  ]);
}

/** One entity in YAML: its kind, its name, and the lines of its spec and of its metadata. */
export function toYaml(kind: string, name: string, spec: string[], metadata: string[] = []): string {
  const indent = (lines: string[]) => lines.map((line) => `  ${line}\n`).join('');
  return `apiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${indent(metadata)}spec:\n${indent(spec)}`;
}
