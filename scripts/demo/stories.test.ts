import { expect, test } from 'vitest';
import { toArgocdStory } from './argocd/story.ts';
import { toGithubStory } from './github/story.ts';
import { toPagerdutyStory } from './pagerduty/story.ts';

const hour = 3_600_000;
const first = Date.parse('2026-03-02T00:00:00Z');
/** Moments of two weeks that fall on every hour of the day. */
const moments = Array.from({ length: 60 }, (_, index) => first + index * 5.7 * hour);

const stories = [
  ['Argo CD', toArgocdStory],
  ['GitHub', toGithubStory],
  ['PagerDuty', toPagerdutyStory],
] as const;

test.each(stories)('the story of %s is the same at the same moment, and goes on', (_, toStory) => {
  const told = moments.map((now) => JSON.stringify(toStory(now, 't')));
  expect(moments.map((now) => JSON.stringify(toStory(now, 't')))).toEqual(told);
  expect(new Set(told).size).toBeGreaterThan(5);
});

test.each(stories)('nothing in the story of %s lies in the future but the end of a turn on call', (_, toStory) => {
  for (const now of moments) {
    const told = JSON.stringify(toStory(now, 't')).replace(/"end":"[^"]*"/g, '');
    const times = told.match(/\d{4}-\d\d-\d\dT[\d:.]+Z/g) ?? [];
    expect(times.length).toBeGreaterThan(0);
    expect(times.filter((time) => Date.parse(time) > now)).toEqual([]);
  }
});

test('what is wrong in the story is wrong at every moment, and nothing else is', () => {
  for (const now of moments) {
    const { applications } = toArgocdStory(now, 't');
    const unwell = applications.filter(
      ({ status }) => status.sync.status !== 'Synced' || status.health.status !== 'Healthy',
    );
    expect(unwell.map(({ metadata }) => metadata.name)).toEqual([
      'payments-gateway-prod-us',
      'notifications-prod-us',
      'product-search-prod-us',
    ]);
    const failed = toGithubStory(now, 't').repositories.filter(({ runs, workflows }) =>
      workflows.some(({ id }) => runs.find(({ workflow }) => workflow === id)?.conclusion === 'failure'),
    );
    expect(failed.map(({ slug }) => slug)).toEqual(['acme/notifications']);
    const open = toPagerdutyStory(now, 't').incidents.filter(({ status }) => status !== 'resolved');
    expect(open.map(({ service, status }) => [service, status])).toEqual([['PPAY8K2', 'triggered']]);
  }
});

test('somebody is on call for every service at every moment', () => {
  for (const now of moments) {
    const { services, onCalls } = toPagerdutyStory(now, 't');
    const isNow = ({ start, end }: { start: string | null; end: string | null }) =>
      (start === null || Date.parse(start) <= now) && (end === null || Date.parse(end) > now);
    const called = new Set(onCalls.filter((row) => row.level === 1 && isNow(row)).map(({ policy }) => policy));
    expect(services.filter(({ policy }) => !called.has(policy))).toEqual([]);
  }
});
