import { z } from 'zod';
import type { LiveFault } from '#model/live/answer.ts';
import { toTrouble } from '../../answering/troubles.ts';
import type { Upstream, UpstreamOutcome } from '../../upstream.ts';
import type { UpstreamFinding, WidgetContext } from '../define.ts';
import { type Probed, toFindings } from '../findings.ts';
import { toResources } from './resources.ts';

type Question = { plural: string; group: string; apis: readonly string[] };
type Tried = Question & { fault?: LiveFault };

/** Names alone, without what the objects hold. */
const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

async function askOne(upstream: Upstream, path: string): Promise<LiveFault | undefined> {
  const outcome: UpstreamOutcome = await upstream.ask({ path, query: [['limit', '1']], accept });
  return outcome.kind === 'fault' ? outcome.fault : undefined;
}

/** Lists one object by the newest version of an API that the cluster has. */
async function tryResource(upstream: Upstream, question: Question): Promise<Tried> {
  let fault: LiveFault | undefined = 'not-found';
  for (const api of question.apis) {
    fault = await askOne(upstream, `${api}/${question.plural}`);
    if (fault !== 'not-found') break;
  }
  return { ...question, ...(fault && { fault }) };
}

const toList = (words: readonly string[]) => `[${words.map((word) => `"${word}"`).join(', ')}]`;
const toMend = (rule: string) => `Add this rule to the ClusterRole:\n${rule}`;

/** A rule of a ClusterRole that grants what is missing. */
function formatRule(group: string, resources: readonly string[], verbs: readonly string[]): string {
  return [`- apiGroups: ${toList([group])}`, `  resources: ${toList(resources)}`, `  verbs: ${toList(verbs)}`].join(
    '\n',
  );
}

function toRefusals(tried: readonly Tried[]): Probed[] {
  const refused = tried.filter(({ fault }) => fault === 'forbidden');
  return [...Map.groupBy(refused, ({ group }) => group)].map(([group, rows]) => {
    const plurals = rows.map(({ plural }) => plural);
    return {
      isFine: false,
      what: `may not list ${plurals.join(', ')}`,
      mend: toMend(formatRule(group, plurals, ['get', 'list', 'watch'])),
    };
  });
}

const absent: Readonly<Record<string, string>> = {
  rollouts: 'Install Argo Rollouts there, or take it out of `kubernetes.customResources`.',
};

function toFaults(name: string, tried: readonly Tried[]): Probed[] {
  return tried.flatMap(({ plural, fault }) => {
    if (fault === undefined || fault === 'forbidden') return [];
    const { what, mend } = toTrouble(`${name} (${plural})`, fault);
    return { fault, isFine: false, what, mend: fault === 'not-found' ? (absent[plural] ?? mend) : mend };
  });
}

/** What the portal must not be able to read. What comes back is looked at no further. */
async function checkExcess(upstream: Upstream, plural: string): Promise<Probed[]> {
  const fault = await askOne(upstream, `/api/v1/${plural}`);
  if (fault !== undefined) return [];
  const what = `may list ${plural}, which the portal never reads`;
  return [{ isFine: false, what, mend: `Take ${plural} out of its ClusterRole.` }];
}

/** Asks for the log of a pod that there is not: whether it may be read is decided before whether it exists. */
async function checkLogs(upstream: Upstream): Promise<Probed[]> {
  const fault = await askOne(upstream, '/api/v1/namespaces/default/pods/portolan-check/log');
  if (fault !== 'forbidden') return [];
  const what = 'may not read logs, which only entities with `portolan.io/kubernetes-logs` need';
  return [{ isFine: true, what, mend: toMend(formatRule('', ['pods/log'], ['get'])) }];
}

const versionSchema = z.object({ gitVersion: z.string().regex(/^v[\w.+-]{1,60}$/) });

async function probeCluster(upstream: Upstream, resources: readonly Question[]): Promise<Probed[]> {
  const version = await upstream.ask({ path: '/version' });
  if (version.kind === 'fault' && version.fault !== 'forbidden') return [toProbed(upstream.name, version.fault)];
  const tried = await Promise.all(resources.map((one) => tryResource(upstream, one)));
  const parsed = versionSchema.safeParse(version.kind === 'answer' ? version.value : undefined);
  const listed = tried.filter(({ fault }) => fault === undefined).map(({ plural }) => plural);
  const what = `${parsed.success ? `Kubernetes ${parsed.data.gitVersion}; ` : ''}lists ${listed.join(', ')}`;
  return [
    ...(listed.length > 0 ? [{ isFine: true, what }] : []),
    ...toRefusals(tried),
    ...toFaults(upstream.name, tried),
    ...(await checkLogs(upstream)),
    ...(await checkExcess(upstream, 'secrets')),
    ...(await checkExcess(upstream, 'configmaps')),
  ];
}

function toProbed(name: string, fault: LiveFault): Probed {
  const { what, mend } = toTrouble(name, fault);
  return { fault, isFine: false, what, mend };
}

/** Everything that is listed of a cluster, events too. */
export function toQuestions(custom: Parameters<typeof toResources>[0]): Question[] {
  const listed = Object.values(toResources(custom)).map(({ plural, group, apis }) => ({ plural, group, apis }));
  return [...listed, { plural: 'events', group: '', apis: ['/api/v1'] }];
}

/** Asks each cluster what it lets the portal read: what is missing, and what is too much. */
export async function checkClusters({ settings, upstreams }: WidgetContext): Promise<UpstreamFinding[]> {
  const questions = toQuestions(settings.customResources);
  const checkCluster = async (upstream: Upstream) =>
    toFindings('kubernetes', upstream, await probeCluster(upstream, questions));
  return (await Promise.all(upstreams.kubernetes.map(checkCluster))).flat();
}
