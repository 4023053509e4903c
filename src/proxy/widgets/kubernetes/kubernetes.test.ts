import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { story } from '../../../../scripts/demo/kubernetes/story.ts';
import { type Clusters, startClusters } from '../../../../tests/live/clusters.ts';
import { toEntity } from '../../../../tests/live/widget-context.ts';
import { kubernetesWidget } from './widget.ts';

const now = Date.parse('2026-11-28T14:10:00Z');
const id = (name: string) => toEntity({ 'backstage.io/kubernetes-id': name });

describe('the story of the demo organisation', () => {
  let clusters: Clusters;
  beforeEach(async () => {
    clusters = await startClusters(story(now), now);
  });
  afterEach(() => clusters.stop());

  test.each([
    ['checkout', 'well', '6 of 6 pods ready'],
    ['notifications', 'broken', '1 pod is crash-looping'],
    ['payments-gateway', 'attention', 'canary paused at 25 %'],
    ['product-search', 'well', '3 of 3 pods ready'],
    ['settlement-job', 'well', 'last run completed'],
  ])('%s is %s: %s', async (name, level, words) => {
    const report = await kubernetesWidget.answer(id(name), clusters.context);
    expect(report.status).toEqual({ level, words });
    expect(report.troubles).toEqual([]);
    expect(kubernetesWidget.schema.safeParse(report.data).success).toBe(true);
  });

  test('holds what must never be shown', () => {
    const manifests = JSON.stringify(story(now));
    const places = [
      'command',
      'args',
      'environment',
      'annotation',
      'volume',
      'mount',
      'pull-secret',
      'secret-name',
      'log',
    ];
    expect(places.filter((place) => !manifests.includes(`hunter-${place}`))).toEqual([]);
  });

  test('every entity that has an annotation for it has workloads', async () => {
    const folder = fileURLToPath(new URL('../../../../examples/acme/repositories/', import.meta.url));
    const files = globSync(['*/catalog-info.y*ml', '*/.backstage/*.yaml', '*/pipelines/*/catalog-info.yaml'], {
      cwd: folder,
    });
    const annotated = files
      .flatMap((file) => parseAllDocuments(readFileSync(`${folder}${file}`, 'utf8')).map((one) => one.toJS()))
      .map((one) => one?.metadata?.annotations ?? {})
      .filter((one) => 'backstage.io/kubernetes-id' in one || 'backstage.io/kubernetes-label-selector' in one);
    expect(annotated.length).toBeGreaterThan(15);
    for (const annotations of annotated) {
      const report = await kubernetesWidget.answer(toEntity(annotations), clusters.context);
      expect([annotations, report.data?.workloads.length, report.isEmpty]).toEqual([annotations, 1, false]);
      const shown = JSON.stringify(report);
      expect(shown).not.toMatch(/hunter|registry\.acme\.io|annotations|last-applied/);
    }
  });

  test('a pod that was out of memory an hour ago is found, with what to do', async () => {
    const { data } = await kubernetesWidget.answer(id('product-search'), clusters.context);
    expect(data?.findings.map(({ code, level }) => [code, level])).toEqual([['out-of-memory', 'attention']]);
    expect(data?.workloads[0]?.pods.map(({ restarts }) => restarts).toSorted()).toEqual([0, 0, 1]);
  });

  test('a rollout says how far it is', async () => {
    const { data } = await kubernetesWidget.answer(id('payments-gateway'), clusters.context);
    expect(data?.workloads[0]).toMatchObject({
      kind: 'Rollout',
      ready: 8,
      wanted: 8,
      updated: 2,
      rollout: { strategy: 'canary', step: 1, steps: 6, weight: 25, paused: true, aborted: false },
    });
    expect(data?.workloads[0]?.pods).toHaveLength(8);
    expect(data?.findings.map(({ code }) => code)).toEqual(['rollout-paused']);
  });

  test('events are asked for only where something is not well', async () => {
    await kubernetesWidget.answer(id('checkout'), clusters.context);
    expect(clusters.asked.filter((line) => line.includes('/events'))).toEqual([]);
    expect(clusters.asked).toHaveLength(9);
    const { data } = await kubernetesWidget.answer(id('notifications'), clusters.context);
    expect(data?.events.map(({ reason }) => reason)).toEqual(['BackOff', 'Pulled']);
    expect(clusters.asked.filter((line) => line.includes('/events'))[0]).toMatch(
      /\/api\/v1\/namespaces\/mobile\/events\?fieldSelector=involvedObject\.name%3Dnotifications-.*&limit=20/,
    );
  });

  test('a namespace is asked alone', async () => {
    const entity = toEntity({
      'backstage.io/kubernetes-id': 'order-export',
      'backstage.io/kubernetes-namespace': 'data',
    });
    expect((await kubernetesWidget.answer(entity, clusters.context)).status.level).toBe('well');
    expect(clusters.asked.every((line) => line.includes('/namespaces/data/'))).toBe(true);
  });

  test.each([
    ['a selector', { 'backstage.io/kubernetes-label-selector': 'a=b&limit=9' }],
    ['an empty selector', { 'backstage.io/kubernetes-label-selector': '' }],
    ['an id', { 'backstage.io/kubernetes-id': '../../secrets' }],
    ['a namespace', { 'backstage.io/kubernetes-id': 'a', 'backstage.io/kubernetes-namespace': 'data/../../x' }],
    ['two namespaces', { 'backstage.io/kubernetes-id': 'a', 'backstage.io/kubernetes-namespace': 'data,payments' }],
    ['a cluster', { 'backstage.io/kubernetes-id': 'a', 'backstage.io/kubernetes-cluster': 'elsewhere' }],
  ])('%s that cannot be used is told, and no cluster is asked', async (_, annotations) => {
    const report = await kubernetesWidget.answer(toEntity(annotations), clusters.context);
    expect(report.troubles.map(({ fault }) => fault)).toEqual(['annotation-wrong']);
    expect(report.data).toBeUndefined();
    expect(clusters.asked).toEqual([]);
  });

  test('what selects nothing is empty', async () => {
    const report = await kubernetesWidget.answer(id('nobody'), clusters.context);
    expect(report).toMatchObject({ isEmpty: true, troubles: [], status: { words: 'no workloads found' } });
  });
});
