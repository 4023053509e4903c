import { isSecretName } from '#model/annotations/index.ts';
import type { CatalogEntity, Repository } from '#model/catalog.ts';
import { kinds } from '#model/kinds/index.ts';
import { isOwnable } from '#model/ownership.ts';
import { isOwnershipKey, type OwnershipKey, ownershipKeys } from '#model/pages/ownership-page.ts';
import { defaultNamespace, type RefText, toRef } from '#model/ref.ts';
import { secretWords } from './shown.ts';
import type { Surroundings } from './surroundings.ts';

/** A key of one kind, and the refs of what is called so, components first. */
export type KeyedRefs = { kind: OwnershipKey; key: string; refs: RefText[] };

/** Longer values are no name of anything. */
const longestKey = 300;

const one = (value: string | undefined): string[] => (value === undefined ? [] : [value.trim()]);

/** What is a list of names in an annotation; what could be an expression is left out. */
const many = (value: string | undefined): string[] =>
  (value ?? '')
    .split(',')
    .map((each) => each.replace(/\|.*$/s, '').trim())
    .filter((each) => /^[\p{L}\p{N}_:.][\p{L}\p{N}_:. /-]*$/u.test(each));

/** A label selector with its terms in order, so that one that says the same is the same key. */
const toSelector = (value: string) =>
  value.includes('(')
    ? value.trim()
    : value
        .split(',')
        .map((term) => term.trim())
        .filter(Boolean)
        .toSorted()
        .join(',');

/** The address of a repository without what lies in it; nothing for what is no address of one. */
function findRepositoryUrl(text: string): string | undefined {
  const [, found] =
    /^(?:url:)?(https?:\/\/[^/?#\s]+\/[^?#\s]+?)(?:\.git)?(?:\/-)?(?:\/(?:tree|blob)\/.*)?\/?$/.exec(text) ?? [];
  return found;
}

const toSlug = (url: string) => url.replace(/^https?:\/\/[^/]+\//, '').toLowerCase();

/** The addresses of the repository that an entity is in: where it was read, or what it says of its source. */
function listRepositoryUrls(
  repository: Repository | undefined,
  annotations: Readonly<Record<string, string>>,
): string[] {
  const said = findRepositoryUrl(annotations['backstage.io/source-location'] ?? '');
  const read = repository?.hasPages ? undefined : repository?.url;
  return [said ?? read ?? []].flat().map((url) => url.toLowerCase());
}

function listHosts({ entity }: CatalogEntity): string[] {
  return (entity.metadata.links ?? []).flatMap(({ url }) => {
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    return parsed && /^https?:$/.test(parsed.protocol) ? [parsed.hostname] : [];
  });
}

/** How an entity is called by each kind of key. */
const keyTable: Record<
  OwnershipKey,
  (entry: CatalogEntity, annotations: Readonly<Record<string, string>>, repository: Repository | undefined) => string[]
> = {
  repository: (_entry, annotations, repository) => [
    ...one(annotations['github.com/project-slug']?.toLowerCase()),
    ...one(annotations['gitlab.com/project-slug']?.toLowerCase()),
    ...listRepositoryUrls(repository, annotations).map(toSlug),
  ],
  repositoryUrl: (_entry, annotations, repository) => listRepositoryUrls(repository, annotations),
  api: ({ ref }) => {
    const { kind, namespace, name } = toRef(ref);
    return kind === 'api' ? [namespace === defaultNamespace ? name : `${namespace}/${name}`] : [];
  },
  kubernetesId: (_entry, annotations) => one(annotations['backstage.io/kubernetes-id']),
  kubernetesLabelSelector: (_entry, annotations) =>
    one(annotations['backstage.io/kubernetes-label-selector']).map(toSelector),
  argocdApplication: (_entry, annotations) => one(annotations['argocd/app-name']),
  argocdSelector: (_entry, annotations) => one(annotations['argocd/app-selector']).map(toSelector),
  pagerdutyService: (_entry, annotations) => one(annotations['pagerduty.com/service-id']),
  prometheusRule: (_entry, annotations) => many(annotations['prometheus.io/rule']),
  prometheusAlert: (_entry, annotations) => many(annotations['prometheus.io/alert']).filter((name) => name !== 'all'),
  domain: (entry) => listHosts(entry),
};

const keyKinds = Object.keys(ownershipKeys).filter(isOwnershipKey);
const kindOrder = new Map(kinds.map(({ kind }, place) => [kind.toLowerCase(), place]));

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const toOrder = (ref: RefText) => kindOrder.get(toRef(ref).kind) ?? kinds.length;

/** The annotations that may stand in a key: nothing that names a secret. */
const listPlain = ({ entity }: CatalogEntity) =>
  Object.fromEntries(
    Object.entries(entity.metadata.annotations ?? {}).filter(
      ([, value]) => value !== secretWords && !isSecretName(value),
    ),
  );

/** Every key of everything that should have an owner, by kind of key, then by key. */
export function listKeys({ catalog, repositories }: Surroundings): KeyedRefs[] {
  const found = new Map<OwnershipKey, Map<string, Set<RefText>>>(keyKinds.map((kind) => [kind, new Map()]));
  for (const entry of catalog.entities.values()) {
    if (!isOwnable(entry.entity.kind)) continue;
    const annotations = listPlain(entry);
    const repository = repositories.get(entry.place.repository);
    for (const [kind, keys] of found)
      for (const key of keyTable[kind](entry, annotations, repository))
        if (key !== '' && key.length <= longestKey) keys.set(key, (keys.get(key) ?? new Set()).add(entry.ref));
  }
  return [...found].flatMap(([kind, keys]) =>
    [...keys]
      .toSorted(([a], [b]) => compare(a, b))
      .map(([key, refs]) => ({
        kind,
        key,
        refs: [...refs].toSorted((a, b) => toOrder(a) - toOrder(b) || compare(a, b)),
      })),
  );
}
