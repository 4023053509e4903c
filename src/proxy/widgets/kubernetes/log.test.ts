import { afterEach, describe, expect, test } from 'vitest';
import { toPods } from '../../../../scripts/demo/kubernetes/manifests.ts';
import { toDeployed } from '../../../../scripts/demo/kubernetes/workloads.ts';
import { type ContainerLog, emptyCluster } from '../../../../scripts/demo/kubernetes/world.ts';
import { type Clusters, startClusters } from '../../../../tests/live/clusters.ts';
import { toEntity } from '../../../../tests/live/widget-context.ts';
import type { LogOpening } from '../../log.ts';
import { openLog } from './log.ts';
import { toShownLines } from './log-lines.ts';

const now = Date.parse('2026-11-28T14:10:00Z');
const toApp = (name: string) => ({
  name,
  namespace: 'shop',
  version: '1.2',
  replicas: 1,
  since: now - 3_600_000,
  labels: { 'backstage.io/kubernetes-id': name },
});
const pod = toPods(toApp('web'))[0]?.metadata?.name ?? '';
const other = toPods(toApp('other'))[0]?.metadata?.name ?? '';
const open = { 'backstage.io/kubernetes-id': 'web', 'portolan.io/kubernetes-logs': 'true' };
const question = { cluster: 'one', namespace: 'shop', pod, container: 'web', previous: false, follow: false };

let clusters: Clusters | undefined;
afterEach(() => clusters?.stop());

async function openOf(
  log: ContainerLog,
  asked: Partial<typeof question> = {},
  annotations: Record<string, string> = open,
) {
  const objects = [...toDeployed(toApp('web')), ...toDeployed(toApp('other'))];
  clusters = await startClusters({ one: { ...emptyCluster, objects, logs: { [`shop/${pod}/web`]: log } } }, now);
  return openLog(toEntity(annotations), { ...question, ...asked }, clusters.context, AbortSignal.timeout(5000));
}

async function toList(lines: AsyncIterable<string>): Promise<string[]> {
  const list: string[] = [];
  for await (const line of lines) list.push(line);
  return list;
}

async function read(opening: LogOpening): Promise<string[]> {
  expect(opening.kind).toBe('lines');
  return opening.kind === 'lines' ? await toList(opening.lines) : [];
}

const at = '2026-11-28T14:09:00.123456789Z';
const toLog = (...texts: string[]): ContainerLog => ({ lines: texts.map((text) => ({ at, text })) });

test('the end of a log is read with its times, plain and redacted', async () => {
  const log = toLog(
    '\u001b[32mok\u001b[0m',
    'pass\u001b[0mword=hunter2',
    '-----BEGIN KEY-----',
    'hunter',
    '-----END KEY-----',
    'é',
  );
  expect(await read(await openOf(log))).toEqual(
    ['ok', 'password=[redacted]', '[redacted]', '[redacted]', '[redacted]', 'é'].map((text) => `${at} ${text}`),
  );
  expect(clusters?.asked.at(-1)).toBe(
    `/api/v1/namespaces/shop/pods/${pod}/log?container=web&tailLines=500&limitBytes=262144&timestamps=true`,
  );
});

test('a log is followed, and the log of the run before is not', async () => {
  const log = {
    ...toLog('one'),
    previous: [{ at, text: 'before' }],
    grows: { every: 5, texts: ['two'], repeats: false },
  };
  expect((await read(await openOf(log, { follow: true }))).map((line) => line.split(' ')[1])).toEqual(['one', 'two']);
  await clusters?.stop();
  expect(await read(await openOf(log, { follow: true, previous: true }))).toEqual([`${at} before`]);
});

test('following ends when nobody listens any more', async () => {
  const log = { ...toLog('one'), grows: { every: 5, texts: ['more'], repeats: true } };
  const opening = await openOf(log, { follow: true });
  if (opening.kind !== 'lines') throw new Error('not opened');
  for await (const line of opening.lines) if (line.endsWith('more')) break;
});

const wide = { 'portolan.io/kubernetes-logs': 'true' };
const selecting = (selector: string) => ({ 'backstage.io/kubernetes-label-selector': selector });

test.each<[string, Partial<typeof question>, Record<string, string>, string]>([
  ['without the annotation', {}, { 'backstage.io/kubernetes-id': 'web' }, 'logs-off'],
  ['when it says no', {}, { ...open, 'portolan.io/kubernetes-logs': 'false' }, 'logs-off'],
  ['of all that lacks a label', { pod: other, container: 'other' }, { ...wide, ...selecting('!nobody') }, 'logs-wide'],
  ['of all but one', {}, { ...wide, ...selecting('app!=x,tier notin (a,b)') }, 'logs-wide'],
  ['of a pod of another entity', { pod: other, container: 'other' }, open, 'log-unknown'],
  ['of another container', { container: 'sidecar' }, open, 'log-unknown'],
  ['of another namespace', { namespace: 'kube-system' }, open, 'log-unknown'],
  ['of another cluster', { cluster: 'two' }, open, 'log-unknown'],
  ['of a cluster that is not the entity’s', {}, { ...open, 'backstage.io/kubernetes-cluster': 'two' }, 'log-unknown'],
  ['of a path', { pod: `../../secrets/${pod}` }, open, 'log-unknown'],
  ['of a prototype', { container: '__proto__' }, open, 'log-unknown'],
  ['of a run that never was', { previous: true }, open, 'log-first'],
])('there is no log %s, and none is asked for', async (_, asked, annotations, code) => {
  expect(await openOf(toLog('hunter'), asked, annotations)).toMatchObject({ kind: 'refused', code });
  if (code !== 'log-first') expect(clusters?.asked.filter((line) => line.includes('/log'))).toEqual([]);
});

test('a container that waits has no log yet', async () => {
  expect(await openOf({ lines: [], waits: 'trying and failing to pull image' })).toMatchObject({ code: 'log-early' });
});

describe('lines', () => {
  const bytes = (...parts: string[]) =>
    (async function* () {
      for (const part of parts) yield new TextEncoder().encode(part);
    })();

  test('may come in pieces', async () => {
    expect(await toList(toShownLines(bytes('a', 'b\nc', '\n', '\nd')))).toEqual(['ab', 'c', '', 'd']);
  });

  test('are cut at 2 KB, and nothing of a secret stays at the edge', async () => {
    const secret = `ghp_${'hunter'.repeat(20)}`;
    const [line = ''] = await toList(toShownLines(bytes(`${'é'.repeat(1015)} ${secret}`, 'x'.repeat(200_000))));
    expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(2048);
    expect(line).not.toContain('hunt');
  });

  test('end at 256 KB, whatever is sent', async () => {
    const endless = (async function* () {
      for (;;) yield new TextEncoder().encode(`${'x'.repeat(999)}\n`);
    })();
    expect((await toList(toShownLines(endless))).length).toBe(263);
  });
});
