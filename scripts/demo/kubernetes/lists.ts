import { findFieldTest, findLabelTest } from './selectors.ts';
import { badRequest, expired, forbidden, notFound, type Refusal } from './status.ts';
import type { ClusterObject, ClusterWorld } from './world.ts';

/** The kind of object that a resource lists. */
const kinds: Readonly<Record<string, ClusterObject['kind']>> = {
  pods: 'Pod',
  deployments: 'Deployment',
  statefulsets: 'StatefulSet',
  daemonsets: 'DaemonSet',
  replicasets: 'ReplicaSet',
  jobs: 'Job',
  cronjobs: 'CronJob',
  horizontalpodautoscalers: 'HorizontalPodAutoscaler',
  rollouts: 'Rollout',
  events: 'Event',
  secrets: 'Secret',
  configmaps: 'ConfigMap',
};

/** What is asked for: a list, or one object of it. */
export type Place = { api: string; group: string; resource: string; namespace?: string; name?: string };

const path =
  /^\/(?:api\/(?<core>v1)|apis\/(?<group>[a-z.]+)\/(?<version>v\w+))(?:\/namespaces\/(?<namespace>[^/]+))?\/(?<resource>[a-z]+)(?:\/(?<name>[^/]+))?$/;

/** The place that a path names, where the cluster serves it. */
export function findPlace(world: ClusterWorld, pathname: string): Place | undefined {
  const { core, group = '', version, namespace, resource = '', name } = path.exec(pathname)?.groups ?? {};
  const api = core ?? `${group}/${version}`;
  if (!world.apis[api]?.includes(resource)) return undefined;
  return { api, group, resource, ...(namespace && { namespace }), ...(name && { name }) };
}

type Found = { value: object } | Refusal;
const isPartial = (accept: string) => accept.includes('as=PartialObjectMetadata');

/** Objects of built-in kinds do not say in a list what they are, those of custom resources do. */
function toListed(object: ClusterObject, accept: string): object {
  if (isPartial(accept))
    return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
  if (object.kind === 'Rollout') return object;
  const { kind: _, apiVersion: __, ...rest } = object;
  return rest;
}

const toToken = (offset: number) => Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', offset })).toString('base64url');
const toOffset = (token: string | null) =>
  token ? Number(JSON.parse(Buffer.from(token, 'base64url').toString()).offset) : 0;

function toPage(objects: readonly ClusterObject[], place: Place, query: URLSearchParams, accept: string): object {
  const offset = toOffset(query.get('continue'));
  const limit = Number(query.get('limit') ?? 0) || objects.length;
  const beyond = objects.length - offset - limit;
  const isSelected = query.has('labelSelector') || query.has('fieldSelector');
  return {
    kind: isPartial(accept) ? 'PartialObjectMetadataList' : `${kinds[place.resource]}List`,
    apiVersion: isPartial(accept) ? 'meta.k8s.io/v1' : place.api,
    metadata: {
      resourceVersion: '48213377',
      ...(beyond > 0 && { continue: toToken(offset + limit) }),
      // A selector leaves it unknown how many there are.
      ...(beyond > 0 && !isSelected && { remainingItemCount: beyond }),
    },
    items: objects.slice(offset, offset + limit).map((object) => toListed(object, accept)),
  };
}

/** Answers a question for a list or an object. */
export function findList(world: ClusterWorld, place: Place, query: URLSearchParams, accept: string): Found {
  const { resource, group, namespace, name } = place;
  if (world.forbidden.includes(resource)) return forbidden(resource, group);
  const isLabelled =
    findLabelTest(query.get('labelSelector') ?? '') ?? (query.get('labelSelector') ? undefined : () => true);
  const isFielded = query.get('fieldSelector') ? findFieldTest(query.get('fieldSelector') ?? '') : () => true;
  if (!isLabelled || !isFielded) return badRequest('unable to parse requirement: found something else than expected');
  if (query.get('continue') && world.isForgetful) return expired;
  const there = world.objects.filter(
    (object) =>
      object.kind === kinds[resource] && (namespace === undefined || object.metadata?.namespace === namespace),
  );
  if (name !== undefined) {
    const one = there.find(({ metadata }) => metadata?.name === name);
    return one ? { value: one } : notFound(resource, name);
  }
  const matching = there.filter((object) => isLabelled(object.metadata?.labels ?? {}) && isFielded(object));
  return { value: toPage(matching, place, query, accept) };
}
