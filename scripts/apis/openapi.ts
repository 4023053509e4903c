import type { DefinitionFiles } from './files.ts';
import { createIds } from './ids.ts';
import type { Entry, Fact, Fault, Group, Reading } from './model.ts';
import { judgeOpenapi } from './openapi-judge.ts';
import { toOperation } from './openapi-operation.ts';
import { listSchemes, listServers } from './openapi-shared.ts';
import { createResolver } from './resolver.ts';
import { createSchemas } from './schemas.ts';
import { settle } from './settle.ts';
import { findText, isKeyed, type Keyed, toEntries, toKeyed, toList } from './value.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** Reads OpenAPI 2.0, 3.0 and 3.1 as far as it can be understood; what is wrong with it takes nothing from the rest. */
export function readOpenapi(text: string, value: Keyed, files: DefinitionFiles): Reading {
  const version = findText(value.openapi) ?? findText(value.swagger) ?? String(value.openapi ?? value.swagger ?? '');
  if (!/^[23](\.|$)/.test(version)) return { faults: [toVersionFault(value)] };
  const resolver = createResolver(text, files);
  const toId = createIds();
  const schemas = createSchemas(resolver, toId);
  const homes = version.startsWith('2') ? ['definitions'] : ['components', 'schemas'];
  const home = homes.reduce<unknown>((at, key) => toKeyed(at)[key], value);
  for (const [name] of toEntries(home)) schemas.add(name, { file: files.root, steps: [...homes, name] });
  const context = { resolver, schemas, top: value, isOld: version.startsWith('2') };
  const routes = listRoutes(value, files.root, resolver);
  const groups = toGroups(value, routes, (route) => toOperation(route, toId, context));
  for (const group of groups) group.id = toId('group', group.title);
  const { info } = value;
  const { title: _title, version: own, description, summary } = toKeyed(info);
  const security = listSchemes(context);
  // The named schemas are listed last: what operations refer to has its name by then.
  const named: Group = {
    id: toId('group', 'schemas'),
    title: 'Schemas',
    noun: ['schema', 'schemas'],
    isMain: false,
    entries: [],
  };
  const definition = {
    format: `OpenAPI ${version}`,
    ...(own !== undefined && own !== null && { version: String(own) }),
    ...((findText(description) ?? findText(summary)) && { description: findText(description) ?? findText(summary) }),
    facts: [...toInfoFacts(toKeyed(info)), ...security],
    servers: listServers(value),
    groups: [...groups, named],
  };
  // Their parts are made once, so that every reference is followed and what leads nowhere is known.
  for (const group of groups) group.entries = settle(() => group.entries);
  named.entries = settle(schemas.listEntries);
  if (named.entries.length === 0) definition.groups.pop();
  return { definition, faults: [...judgeOpenapi(text, value, routes), ...files.faults, ...resolver.faults()] };
}

function toVersionFault(value: Keyed): Fault {
  const found = 'openapi' in value || 'swagger' in value;
  const message = found
    ? 'its version is none of OpenAPI 2.0, 3.0 and 3.1'
    : 'it says neither `openapi: 3.1.0` nor `swagger: "2.0"`';
  return { code: 'definition-invalid', message, line: 1 };
}

/** A path and method with all that is said there; `at` is how the path is written. */
export type Route = {
  method: string;
  at: string;
  operation: Keyed;
  /** Parameters of all operations of the path. */
  shared: readonly unknown[];
  file: string;
  isWebhook: boolean;
};

function listRoutes(value: Keyed, root: string, resolver: ReturnType<typeof createResolver>): Route[] {
  const read = (paths: unknown, isWebhook: boolean): Route[] =>
    toEntries(paths).flatMap(([at, given]) => {
      const placed = resolver.follow(given, root);
      if (!placed) return [];
      const shared = toList(placed.value.parameters);
      return methods.flatMap((method): Route[] => {
        const operation = placed.value[method];
        return isKeyed(operation) ? [{ method, at, operation, shared, file: placed.file, isWebhook }] : [];
      });
    });
  return [...read(value.paths, false), ...read(value.webhooks, true)];
}

const untagged = 'Operations';
const webhooks = 'Webhooks';

/** Operations by their first tag, in the order in which the definition names tags, and then in which it uses them. */
function toGroups(value: Keyed, routes: readonly Route[], toEntry: (route: Route) => Entry): Group[] {
  const groups = new Map<string, Group>();
  const open = (title: string, description?: unknown) => {
    const known = groups.get(title);
    if (known) return known;
    const noun = title === webhooks ? (['webhook', 'webhooks'] as const) : (['operation', 'operations'] as const);
    const group: Group = { id: '', title, noun, isMain: true, entries: [] };
    if (findText(description)) group.description = String(description);
    groups.set(title, group);
    return group;
  };
  for (const tag of toList(value.tags)) {
    const { name, description } = toKeyed(tag);
    if (findText(name)) open(String(name), description);
  }
  for (const route of routes) {
    const [tag] = toList(route.operation.tags);
    open(route.isWebhook ? webhooks : (findText(tag) ?? untagged)).entries.push(toEntry(route));
  }
  return [...groups.values()].filter(({ entries }) => entries.length > 0);
}

function toInfoFacts({ contact, license, termsOfService }: Keyed): Fact[] {
  const { name, email, url } = toKeyed(contact);
  const { name: licence, identifier } = toKeyed(license);
  const facts: [string, unknown[]][] = [
    ['Contact', [name, email, url]],
    ['Licence', [licence ?? identifier]],
    ['Terms', [termsOfService]],
  ];
  return facts.flatMap(([label, values]) => {
    const words = values.filter((each): each is string => findText(each) !== undefined);
    return words.length > 0 ? [{ label, words: [words.join(', ')] }] : [];
  });
}
