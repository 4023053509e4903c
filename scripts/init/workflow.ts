import { isMap, isScalar, type Node, parseDocument, visit, type YAMLMap, type YAMLSeq } from 'yaml';
import { usualToken } from './take-over.ts';
import type { Wishes } from './wishes.ts';

/** What the workflow is told of the configuration: the variable of the token, and what else it takes from variables. */
export type Needs = { token?: string | undefined; others: readonly string[] };

/** GitHub keeps names that begin so for itself. */
export const toSecretName = (variable: string): string =>
  variable.startsWith('GITHUB_') ? `PORTAL_${variable}` : variable;

/** The workflow that the package carries, filled in for one repository. */
export function fillWorkflow(shipped: string, wishes: Wishes, needs: Needs): string {
  const document = parseDocument(shipped);
  const { destination, url } = wishes;
  if (destination.kind !== 'pages' && document.hasIn(['env', 'PORTAL_STORE']))
    document.setIn(['env', 'PORTAL_STORE'], destination.address);
  if (url !== undefined && document.hasIn(['env', 'PORTAL_URL'])) {
    document.setIn(['env', 'PORTAL_URL'], url.replace(/\/+$/, ''));
    document.setIn(['env', 'PORTAL_BASE'], new URL(url).pathname.replace(/\/+$/, ''));
  }
  visit(document, {
    Map: (_key, map) => fillEnvironment(map, needs),
    Seq: (_key, steps) => {
      if (needs.token === undefined) removeApp(steps);
      if (wishes.folder !== undefined) checkOutAll(steps);
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** Wherever the token is handed in, under the name that the configuration knows, the other variables come along. */
function fillEnvironment(map: YAMLMap, { token, others }: Needs): void {
  for (const pair of map.items) {
    const env = pair.value;
    if (!isMap(env) || !(isScalar(pair.key) && pair.key.value === 'env') || !env.has(usualToken)) continue;
    const value = env.get(usualToken);
    env.delete(usualToken);
    if (token !== undefined) env.set(token, value);
    for (const name of others) env.set(name, `\${{ secrets.${toSecretName(name)} }}`);
  }
  map.items = map.items.filter(({ value }) => !(isMap(value) && value.items.length === 0 && !value.flow));
}

/** Without an organisation there is nothing to have a token for. */
function removeApp(steps: YAMLSeq): void {
  steps.items = steps.items.filter((step) => !(isMap(step) && step.get('id') === 'app'));
}

/** Repositories that are read from a folder may be submodules. */
function checkOutAll(steps: YAMLSeq): void {
  for (const step of steps.items)
    if (isMap(step) && String(step.get('uses')).startsWith('actions/checkout@'))
      step.setIn(['with', 'submodules'], true);
}

/** The pipeline that the package carries, with the place that it publishes to. */
export function fillPipeline(shipped: string, { destination }: Wishes): string {
  if (destination.kind === 'pages') return shipped;
  const document = parseDocument(shipped);
  const { contents } = document;
  const variables: Node = document.createNode({ PORTAL_STORE: destination.address });
  if (isMap(contents)) contents.items.unshift(document.createPair('variables', variables));
  return document.toString({ lineWidth: 0 });
}
