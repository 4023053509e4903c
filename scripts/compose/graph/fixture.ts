import { toCatalog, toYaml } from '../fixture.ts';
import { type Surroundings, toSurroundings } from '../surroundings.ts';

/** A service, with further lines of its spec and of its metadata, for tests. */
export const service = (name: string, spec: string[] = [], metadata: string[] = []): string =>
  toYaml('Component', name, ['type: service', 'lifecycle: production', 'owner: team-a', ...spec], metadata);

/** An API, for tests. */
export const api = (name: string): string =>
  toYaml('API', name, ['type: openapi', 'lifecycle: production', 'owner: team-a', 'definition: x']);

/** What graphs are made of, from YAML as teams write it. */
export const toSources = (documents: readonly string[]): Surroundings =>
  toSurroundings(toCatalog(documents.join('---\n')));
