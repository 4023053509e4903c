import { element, type Markup } from '#components/lists/markup.ts';
import type { KubernetesData, LiveFinding, LivePod, LiveWorkload } from '#model/live/kubernetes.ts';
import {
  type Row,
  toBar,
  toCut,
  toDisclosure,
  toFitting,
  toHeading,
  toLine,
  toOutLink,
  toRow,
  toStatus,
  toSubject,
  toTime,
} from './drawing.ts';
import type { Drawing, Sheet } from './frame-view.ts';
import { toPodLine, toPods } from './pods.ts';
import { formatCount } from './words.ts';

const toKey = ({ cluster, namespace, kind, name }: LiveWorkload) => `${cluster}/${namespace}/${kind}/${name}`;

const sumRestarts = (pods: readonly LivePod[]) => pods.reduce((sum, { restarts }) => sum + restarts, 0);

/** Whether a finding is about a workload or one of its pods. */
function isOf(finding: LiveFinding, { cluster, namespace, kind, name, pods }: LiveWorkload): boolean {
  const isNamed = (finding.kind === kind && finding.name === name) || pods.some((pod) => pod.name === finding.name);
  return isNamed && finding.cluster === cluster && finding.namespace === namespace;
}

function toFinding(sheet: Sheet, finding: LiveFinding): Row {
  const { code, level, name, what, cause, mend, docs } = finding;
  const inside = [
    element('dl', {}, [
      element('div', {}, [element('dt', {}, 'Probably'), element('dd', {}, cause)]),
      element('div', {}, [element('dt', {}, 'To mend it'), element('dd', {}, mend)]),
      element('div', {}, [element('dt', {}, 'Found in'), element('dd', {}, `${finding.kind} ${name}`)]),
    ]),
    docs ? element('p', {}, toOutLink(docs, 'More on this in the documentation of Kubernetes')) : '',
  ];
  return toRow(
    toDisclosure(
      sheet,
      `finding ${code} ${finding.cluster} ${name}`,
      { main: toStatus(sheet, level, what) },
      inside,
      'under',
    ),
  );
}

/** How far a gradual release has come. */
function listRollout(sheet: Sheet, { rollout, level }: LiveWorkload): Row[] {
  if (!rollout) return [];
  const { strategy, step, steps, weight, paused, aborted, message } = rollout;
  const words = [
    strategy === 'canary' ? 'Canary' : 'Blue-green',
    ...(step !== undefined && steps !== undefined ? [`step ${step} of ${steps}`] : []),
    ...(aborted ? ['aborted'] : paused ? ['paused'] : []),
  ].join(', ');
  const bar = weight === undefined ? [] : [toBar(weight / 100, level), `${weight} % on the new version`];
  const glyph = aborted ? 'broken' : paused ? 'attention' : 'unknown';
  const main = aborted || paused ? toStatus(sheet, glyph, words) : toCut(words);
  return [
    toRow(
      toLine(
        { main: [main, message ? toCut(message, 'quiet') : ''], side: element('span', { class: 'share' }, bar) },
        'under',
      ),
    ),
  ];
}

function toSide(sheet: Sheet, { ready, wanted, pods, tags, schedule, lastRunAt, scale }: LiveWorkload): Markup {
  const restarts = sumRestarts(pods);
  const newest = pods
    .flatMap(({ startedAt }) => startedAt ?? [])
    .toSorted()
    .at(-1);
  const scaled = scale ? `, scales ${scale.min} to ${scale.max}` : '';
  return [
    element('span', { class: 'fact wide' }, schedule ? toCut(schedule) : toCut(`${ready} of ${wanted} ready${scaled}`)),
    element('span', { class: 'fact' }, restarts > 0 ? formatCount(restarts, 'restart') : ''),
    element('span', { class: 'fact tag' }, tags.length > 0 ? element('code', {}, toCut(tags.join(', '))) : ''),
    element(
      'span',
      { class: 'fact end' },
      lastRunAt ? toTime(sheet, lastRunAt, 'ran') : newest ? toTime(sheet, newest) : '',
    ),
  ];
}

function listWorkload(sheet: Sheet, data: KubernetesData, workload: LiveWorkload): Row[] {
  const { level, name, kind, words, namespace, cluster } = workload;
  const title = `${kind} ${namespace}/${name} in ${cluster}`;
  const called = [element('strong', {}, name), ' ', element('span', { class: 'quiet' }, kind)];
  const main = toSubject(sheet, level, element('span', { class: 'cut', title }, called));
  const line = { main, told: { level, words }, side: toSide(sheet, workload) };
  return [
    toRow(toDisclosure(sheet, toKey(workload), line, toPods(sheet, workload, data.logs))),
    ...listRollout(sheet, workload),
    ...data.findings.filter((finding) => isOf(finding, workload)).map((finding) => toFinding(sheet, finding)),
  ];
}

function listEvents(sheet: Sheet, events: KubernetesData['events']): Row[] {
  if (events.length === 0) return [];
  const warnings = events.filter(({ type }) => type === 'Warning').length;
  const words = `${formatCount(events.length, 'event')}${warnings > 0 ? `, ${formatCount(warnings, 'warning')}` : ''}`;
  const list = events.map(({ cluster, object, type, reason, message, count, lastAt }) =>
    element('li', { 'data-key': `${cluster} ${object} ${reason}` }, [
      toStatus(sheet, type === 'Warning' ? 'attention' : 'unknown', reason),
      element(
        'span',
        { class: 'quiet' },
        [object, count > 1 ? `, ${count} times` : '', lastAt ? [', ', toTime(sheet, lastAt)] : ''].flat(),
      ),
      element('p', {}, message),
    ]),
  );
  return [
    toRow(toDisclosure(sheet, 'events', { main: words }, element('ul', { role: 'list', class: 'events' }, list))),
  ];
}

/** Workloads by their cluster, whose name stands above them where there are several; one that could not be read is named. */
function listByCluster(sheet: Sheet, data: KubernetesData): Row[] {
  const groups = data.clusters
    .map(({ name, ok }) => ({ name, ok, workloads: data.workloads.filter(({ cluster }) => cluster === name) }))
    .filter(({ ok, workloads }) => !ok || workloads.length > 0);
  return groups.flatMap(({ name, ok, workloads }) => {
    const rows = workloads.flatMap((workload) => listWorkload(sheet, data, workload));
    const heading = ok ? name : `${name}, which could not be read`;
    return groups.length > 1 || !ok ? [toRow(toHeading(heading)), ...rows] : rows;
  });
}

/** The pods of the only workload, where nothing else needs the room that is kept. */
function listSpare(sheet: Sheet, { workloads }: KubernetesData, spare: number): Row[] {
  const [only, ...others] = workloads;
  if (!only || others.length > 0) return [];
  return only.pods.slice(0, Math.max(0, spare)).map((pod) => toPodLine(sheet, pod));
}

/** How the Kubernetes widget draws its data: workloads, what is wrong with each, pods and events one click away. */
export const kubernetes: Drawing<KubernetesData> = {
  empty: 'No workload carries the label that this entity names. It may not be deployed, or its label may differ.',
  acts: {
    logs: (button) => void import('./logs.client.ts').then(({ openLogs }) => openLogs(button)),
  },
  draw: (data, sheet) => {
    const placed = listByCluster(sheet, data);
    const others = data.findings.filter((finding) => !data.workloads.some((workload) => isOf(finding, workload)));
    const after = [...others.map((finding) => toFinding(sheet, finding)), ...listEvents(sheet, data.events)];
    const more =
      data.more > 0
        ? [toRow(toLine({ main: toCut(`${data.more.toLocaleString('en')} more that are not listed here`, 'quiet') }))]
        : [];
    const spare = listSpare(sheet, data, sheet.room - placed.length - after.length - more.length);
    return toFitting([...placed, ...spare, ...after, ...more], sheet.room, sheet.isAll('rows'), 'rows');
  },
};
