import type { LiveLink, LiveTrouble } from '#model/live/answer.ts';
import { type ArgocdData, argocdSchema, type LiveApplication } from '#model/live/argocd.ts';
import { toFreshness, toTroubles, unknownStatus } from '../../answering/reports.ts';
import { toTrouble } from '../../answering/troubles.ts';
import { toUnasked } from '../../answering/unasked.ts';
import type { Piece } from '../../keeping/pieces.ts';
import { toRank } from '../../levels.ts';
import type { Upstream } from '../../upstream.ts';
import { defineWidget, type WidgetContext, type WidgetReport } from '../define.ts';
import { checkArgocd } from './check.ts';
import type { KnownApplication } from './project.ts';
import { type ApplicationList, toApplicationRow, toListRow } from './questions.ts';
import { type CommitPaths, toCommitPaths } from './revisions.ts';
import { toStatus } from './status.ts';
import { isChosen, parseTarget, type Target } from './target.ts';

const maxShown = 20;
/** Of how many applications the history is asked for, the worst first. */
const maxAsked = 5;

type Found = { upstream: Upstream; list: ApplicationList; application: KnownApplication; url: string };
type Instance = { upstream: Upstream; list: ApplicationList; isWhole: boolean };

async function readInstance(
  upstream: Upstream,
  target: Target,
  paths: CommitPaths,
  { pieces }: WidgetContext,
): Promise<Instance> {
  const list = await pieces.read(toListRow(upstream, paths));
  if (list.fault !== 'too-large') return { upstream, list, isWhole: true };
  return { upstream, list: await pieces.read(toListRow(upstream, paths, target)), isWhole: false };
}

/** Whether links must say the namespace: applications lie in several, or the entity names one. */
function hasNamespaces({ list, isWhole }: Instance, target: Target): boolean {
  const namespaces = new Set((list.value ?? []).map(({ namespace }) => namespace));
  return target.namespace !== undefined || !isWhole || namespaces.size > 1;
}

function toFound(instance: Instance, target: Target, { settings }: WidgetContext): Found[] {
  const { upstream, list } = instance;
  const place = settings.argocd.find(({ name }) => name === upstream.name);
  const base = (place?.webUrl ?? place?.url ?? '').replace(/\/+$/, '');
  const isNamed = hasNamespaces(instance, target);
  return (list.value ?? [])
    .filter((application) => isChosen(application, target))
    .map((application) => {
      const parts = [...(isNamed && application.namespace ? [application.namespace] : []), application.name];
      return { upstream, list, application, url: `${base}/applications/${parts.map(encodeURIComponent).join('/')}` };
    });
}

const byLevel = (a: Found, b: Found) =>
  toRank(a.application.level) - toRank(b.application.level) || (a.application.name < b.application.name ? -1 : 1);

/** What the list says now, with what only the question about one application tells. */
function toMerged(listed: KnownApplication, asked: KnownApplication | undefined): KnownApplication {
  if (!asked) return listed;
  const { sync, health, level, phase } = listed;
  return { ...asked, sync, health, level, ...(phase !== undefined && { phase }) };
}

function toShown({ upstream, url }: Found, application: KnownApplication): LiveApplication {
  const { namespace: _namespace, labels: _labels, isWhole: _isWhole, ...shown } = application;
  return { ...shown, instance: upstream.name, url };
}

async function readDetail(found: Found, index: number, paths: CommitPaths, { pieces }: WidgetContext) {
  if (index >= maxAsked || found.application.isWhole) return undefined;
  return pieces.read(toApplicationRow(found.upstream, paths, found.application));
}

/** Argo CD refuses what it does not have as it refuses what it does not show. */
const toArgocdTroubles = (upstream: Upstream, piece: Piece<unknown>): LiveTrouble[] =>
  piece.fault === 'forbidden'
    ? [toTrouble(upstream.name, 'not-found')]
    : toTroubles([{ source: upstream.name, piece }]);

async function answerTarget(target: Target, context: WidgetContext): Promise<WidgetReport<ArgocdData>> {
  const { settings, upstreams, now } = context;
  const paths = toCommitPaths(settings.github);
  const instances = await Promise.all(upstreams.argocd.map((one) => readInstance(one, target, paths, context)));
  const found = instances.flatMap((instance) => toFound(instance, target, context)).toSorted(byLevel);
  const shown = found.slice(0, maxShown);
  const details = await Promise.all(shown.map((one, index) => readDetail(one, index, paths, context)));
  const applications = shown.map((one, index) => toShown(one, toMerged(one.application, details[index]?.value)));
  const lists = instances.map(({ list }) => list);
  const read = details.flatMap((piece, index) => (piece ? [{ piece, found: shown[index] }] : []));
  const known = lists.some(({ value }) => value !== undefined);
  return {
    ...(known && { data: { applications, more: found.length - shown.length } }),
    isEmpty: found.length === 0 && lists.every(({ value }) => value !== undefined),
    status: known ? toStatus(applications, now()) : unknownStatus,
    ...toFreshness(lists),
    troubles: toUnique([
      ...instances.flatMap(({ upstream, list }) => toArgocdTroubles(upstream, list)),
      ...read.flatMap(({ piece, found: one }) => (one ? toArgocdTroubles(one.upstream, piece) : [])),
    ]),
    links: listLinks(found, context),
  };
}

const toUnique = (troubles: readonly LiveTrouble[]): LiveTrouble[] => [
  ...new Map(troubles.map((trouble) => [`${trouble.source} ${trouble.fault}`, trouble])).values(),
];

/** The way to an application alone, named after what there is to do; else to each instance. */
function listLinks(found: readonly Found[], { settings }: WidgetContext): LiveLink[] {
  const [first, ...others] = found;
  if (first && others.length === 0) {
    const title = first.application.sync === 'OutOfSync' ? 'Sync in Argo CD' : 'Open in Argo CD';
    return [{ title, url: first.url }];
  }
  const names = new Set(found.map(({ upstream }) => upstream.name));
  return settings.argocd
    .filter(({ name }) => names.has(name))
    .map(({ name, url }) => ({ title: `Open ${name} in Argo CD`, url: `${url.replace(/\/+$/, '')}/applications` }));
}

/** How the deployments of an entity are, by Argo CD. */
export const argocdWidget = defineWidget<ArgocdData>({
  id: 'argocd',
  schema: argocdSchema,
  isConfigured: ({ argocd }) => argocd.length > 0,
  answer: async ({ annotations }, context) => {
    const { value, troubles } = parseTarget(annotations);
    return value ? answerTarget(value, context) : toUnasked(troubles, context.now());
  },
  check: checkArgocd,
});
