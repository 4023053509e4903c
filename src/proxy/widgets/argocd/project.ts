import type { LiveApplication } from '#model/live/argocd.ts';
import { findMoment, findSpan, findTime } from '../../texts/ages.ts';
import { toPlainLine } from '../../texts/text.ts';
import { type ApplicationAnswer, applicationAnswer, type DeploymentAnswer } from './answers.ts';
import { toHealth, toLevel, toSync } from './levels.ts';
import { type CommitPaths, type Revision, toRevisions } from './revisions.ts';

/** What is kept of an application: what is shown of it, and what it is chosen by. */
export type KnownApplication = Omit<LiveApplication, 'instance' | 'url'> & {
  namespace?: string;
  labels: Record<string, string>;
  /** The answer told its history, even if there is none. */
  isWhole: boolean;
};

const maxHistory = 5;
const maxConditions = 5;
/** More than a list of 8 MB can hold. */
const mostItems = 20_000;

/** Who began it; of an address only what stands before the `@`. */
function findStarter({ initiatedBy }: DeploymentAnswer): string | undefined {
  if (initiatedBy?.automated) return 'automatic';
  return initiatedBy?.username ? toPlainLine(initiatedBy.username.replace(/@.*$/s, ''), 60) : undefined;
}

function toDeployment(deployment: DeploymentAnswer, paths: CommitPaths): LiveApplication['history'] {
  const deployedAt = findTime(deployment.deployedAt);
  if (deployedAt === undefined) return [];
  const took = findSpan(deployment.deployStartedAt, deployedAt);
  const by = findStarter(deployment);
  return [
    {
      id: deployment.id,
      deployedAt,
      ...(took !== undefined && { took }),
      ...(by !== undefined && { by }),
      revisions: toRevisions(deployment, paths),
    },
  ];
}

function toHistory(history: readonly DeploymentAnswer[], paths: CommitPaths): LiveApplication['history'] {
  return history
    .toSorted((a, b) => (findMoment(b.deployedAt) ?? 0) - (findMoment(a.deployedAt) ?? 0) || b.id - a.id)
    .slice(0, maxHistory)
    .flatMap((deployment) => toDeployment(deployment, paths));
}

type Destination = NonNullable<ApplicationAnswer['spec']>['destination'];

/** Cluster and namespace: `in-cluster/shop`. */
function findDestination(destination: Destination): string | undefined {
  const { name, server, namespace } = destination ?? {};
  const isHome = server?.startsWith('https://kubernetes.default.svc') ?? false;
  const host = /^[a-z]+:\/\/(?:[^/@]*@)?([^/?#]+)/i.exec(server ?? '')?.[1];
  const cluster = name || (isHome ? 'in-cluster' : host);
  const words = [cluster, namespace].filter(Boolean).join('/');
  return words ? toPlainLine(words, 200) : undefined;
}

type Status = NonNullable<ApplicationAnswer['status']>;

const toConditions = ({ conditions }: Status): string[] =>
  (conditions ?? [])
    .slice(0, maxConditions)
    .map(({ type, message }) => toPlainLine(message ? `${type}: ${message}` : type, 300));

/** What it is at: as it is compared, else as it was synced last. */
function toCurrent(answer: ApplicationAnswer, history: LiveApplication['history'], paths: CommitPaths): Revision[] {
  const { sync, operationState } = answer.status ?? {};
  const { source, sources } = answer.spec ?? {};
  const last = operationState?.syncResult ?? operationState?.operation?.sync ?? {};
  const compared = toRevisions({ source, sources, revision: sync?.revision, revisions: sync?.revisions }, paths);
  if (compared.length > 0) return compared;
  const synced = toRevisions({ source, sources, revision: last.revision, revisions: last.revisions }, paths);
  return synced.length > 0 ? synced : (history[0]?.revisions ?? []);
}

function toWords(status: Status): Pick<LiveApplication, 'phase' | 'message' | 'syncedAt'> {
  const { operationState: operation, health } = status;
  const isTold = operation?.message && operation.phase !== 'Succeeded';
  const message = toPlainLine((isTold ? operation.message : health?.message) ?? '', 300);
  const syncedAt = findTime(operation?.finishedAt);
  return {
    ...(operation?.phase && { phase: toPlainLine(operation.phase, 30) }),
    ...(message && { message }),
    ...(syncedAt !== undefined && { syncedAt }),
  };
}

/** Keeps of an application what is shown. */
export function toKnownApplication(answer: ApplicationAnswer, paths: CommitPaths): KnownApplication {
  const { metadata, spec } = answer;
  const status = answer.status ?? {};
  const state = { sync: toSync(status.sync?.status), health: toHealth(status.health?.status) };
  const words = toWords(status);
  const history = toHistory(status.history ?? [], paths);
  const destination = findDestination(spec?.destination);
  const syncedAt = words.syncedAt ?? history[0]?.deployedAt;
  return {
    name: toPlainLine(metadata.name, 253),
    ...(metadata.namespace && { namespace: toPlainLine(metadata.namespace, 63) }),
    labels: metadata.labels ?? {},
    isWhole: Array.isArray(status.history),
    project: toPlainLine(spec?.project || 'default', 100),
    ...(destination !== undefined && { destination }),
    level: toLevel({ ...state, ...words }),
    ...state,
    ...words,
    ...(syncedAt !== undefined && { syncedAt }),
    conditions: toConditions(status),
    revisions: toCurrent(answer, history, paths),
    history,
  };
}

/** Keeps what is shown of each application of a list; one that is not understood is left out. */
export function toKnownApplications(items: readonly unknown[], paths: CommitPaths): KnownApplication[] {
  return items.slice(0, mostItems).flatMap((item) => {
    const parsed = applicationAnswer.safeParse(item);
    return parsed.success ? [toKnownApplication(parsed.data, paths)] : [];
  });
}
