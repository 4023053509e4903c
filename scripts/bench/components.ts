import type { Chance } from './chance.ts';
import { apiVersion, type Envelope, list, number, toSentence, type Unit } from './envelopes.ts';

type Wanted = { count: number; apis: number; units: readonly Unit[]; resources: readonly string[] };

/** Components stand on `floors` floors and depend on lower ones only: pages, gateways, services, platform. */
const floors = 4;

const roles = ['platform', 'service', 'gateway', 'page'] as const;

/** A file a component, with the APIs that it provides. */
export function toComponents(wanted: Wanted, chance: Chance): [string, Envelope[]][] {
  const names = list(wanted.count, (at) => `${roles[at % floors]}-${number(at)}`);
  const providers = list(wanted.apis, (at) => Math.floor((at * wanted.count) / wanted.apis));
  const apis = providers.map((provider, at) => `api-${number(at)}-of-${names[provider]}`);
  const provided = Map.groupBy(apis.keys(), (at) => providers[at]);
  return names.map((name, at) => {
    const unit = wanted.units[at % wanted.units.length] ?? { system: '', owner: '' };
    const own = (provided.get(at) ?? []).map((api) => apis[api] ?? '');
    const consumed = list(chance.below(4), () => apis[chance.low(apis.length)] ?? '');
    const relations = {
      providesApis: own,
      consumesApis: [...new Set(consumed)].filter((api) => !own.includes(api)),
      dependsOn: [...new Set([...toNeeds(at, names, chance), toResourceRef(at, wanted, chance)])],
    };
    const envelopes = [toComponent(name, unit, relations, chance), ...own.map((api) => toApi(api, unit, chance))];
    return [`repositories/${name}/catalog-info.yaml`, envelopes];
  });
}

function toNeeds(at: number, names: readonly string[], chance: Chance): string[] {
  const floor = at % floors;
  if (floor === 0) return [];
  const perFloor = Math.floor((names.length - floor) / floors) + 1;
  return list(1 + chance.below(3), () => `component:${names[chance.low(perFloor) * floors + chance.below(floor)]}`);
}

/** Mostly a resource of the component's own system, at times one of any. */
function toResourceRef(at: number, { units, resources }: Wanted, chance: Chance): string {
  const own = (at % units.length) + units.length * chance.below(Math.ceil(resources.length / units.length));
  const position = chance.below(5) > 0 && own < resources.length ? own : chance.below(resources.length);
  return `resource:${resources[position]}`;
}

type Relations = Record<'providesApis' | 'consumesApis' | 'dependsOn', string[]>;

function toComponent(name: string, { system, owner }: Unit, relations: Relations, chance: Chance): Envelope {
  const type = chance.pick(['service', 'service', 'service', 'website', 'library']);
  const lifecycle = chance.pick(['production', 'production', 'production', 'experimental', 'deprecated']);
  const metadata = {
    ...{ name, title: name.replaceAll('-', ' '), description: toSentence(22, chance) },
    annotations: { 'github.com/project-slug': `example/${name}`, 'backstage.io/kubernetes-id': name },
    tags: [
      ...new Set(list(2 + chance.below(3), () => chance.pick(['go', 'java', 'kafka', 'rest', 'tier-1', 'tier-2']))),
    ],
    links: [
      { url: `https://dashboards.example.com/${name}`, title: 'Dashboard', icon: 'dashboard' },
      { url: `https://runbooks.example.com/${name}`, title: 'Runbook', icon: 'docs' },
    ],
  };
  return { apiVersion, kind: 'Component', metadata, spec: { type, lifecycle, owner, system, ...relations } };
}

function toApi(name: string, { system, owner }: Unit, chance: Chance): Envelope {
  const metadata = { name, description: toSentence(12, chance) };
  const spec = { type: 'openapi', lifecycle: 'production', owner, system, definition: toDefinition(name, chance) };
  return { apiVersion, kind: 'API', metadata, spec };
}

function toDefinition(name: string, chance: Chance): string {
  const lines = ['entries', 'entries/{id}', 'changes'].flatMap((path) => [
    ...[`  /${path}:`, '    get:', `      summary: ${toSentence(6, chance)}`, '      responses:'],
    ...["        '200':", '          description: Fine', '          content:', '            application/json:'],
    '              schema: { type: object }',
  ]);
  return [...['openapi: 3.0.3', 'info:', `  title: ${name}`, "  version: '1.0.0'", 'paths:'], ...lines, ''].join('\n');
}
