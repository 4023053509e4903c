import type { DemoApplication } from './world.ts';

type Find = (application: DemoApplication) => unknown;

/** The parts that Argo CD's list knows to cut to, each by its whole name. Others are passed over, history among them. */
const parts: Record<string, Find> = {
  'metadata.name': ({ metadata }) => metadata.name,
  'metadata.namespace': ({ metadata }) => metadata.namespace,
  'metadata.annotations': ({ metadata }) => metadata.annotations ?? null,
  'metadata.labels': ({ metadata }) => metadata.labels ?? null,
  spec: ({ spec }) => spec,
  'status.sync.status': ({ status }) => status.sync.status,
  'status.health': ({ status }) => status.health,
  'status.resources': ({ status }) => status.resources,
  'status.operationState.phase': ({ status }) => status.operationState?.phase,
  'status.operationState.startedAt': ({ status }) => status.operationState?.startedAt,
  'status.operationState.finishedAt': ({ status }) => status.operationState?.finishedAt,
  'status.operationState.operation.sync': ({ status }) => status.operationState?.syncResult,
};

type Tree = { [name: string]: unknown };

function put(tree: Tree, path: readonly string[], value: unknown): Tree {
  const [first = '', ...rest] = path;
  if (rest.length === 0) return { ...tree, [first]: value };
  const below = tree[first];
  return { ...tree, [first]: put(typeof below === 'object' && below !== null ? { ...below } : {}, rest, value) };
}

/** Cuts an application to the named parts: `items.metadata.name,items.spec`. A `-` before them leaves them out instead. */
export function cutToFields(application: DemoApplication, fields: string | null): unknown {
  if (!fields) return application;
  const isLeftOut = fields.startsWith('-');
  const named = new Set(fields.replace(/^-/, '').split(','));
  return Object.entries(parts)
    .filter(([name]) => named.has(`items.${name}`) !== isLeftOut)
    .map(([name, find]) => ({ name, value: find(application) }))
    .filter(({ value }) => value !== undefined)
    .reduce<Tree>((tree, { name, value }) => put(tree, name.split('.'), value), {});
}
