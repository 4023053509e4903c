import { expect, test } from 'vitest';
import { parseSettings } from '../settings.ts';

const parse = (text: string, environment: Record<string, string> = {}, more: Record<string, string> = {}) =>
  parseSettings(
    [{ path: 'app-config.yaml', text }, ...Object.entries(more).map(([path, other]) => ({ path, text: other }))],
    environment,
    () => undefined,
  );

test.each([
  ['no portal', 'app: {title: A}', {}],
  ['no audience', 'portal: {title: A}', {}],
  ['visibilities', 'portal: {audience: {visibility: [public, internal]}}', { visibility: ['public', 'internal'] }],
  ['none of them', 'portal: {audience: {visibility: []}}', { visibility: [] }],
  [
    'lists',
    'portal: {audience: {allow: {owners: [payments, "user:jane", group:ns/x]}, deny: {repositories: [acme/*, "x?"]}}}',
    { allow: { owners: ['payments', 'user:jane', 'group:ns/x'] }, deny: { repositories: ['acme/*', 'x?'] } },
  ],
])('%s', (_case, text, audience) => expect(parse(text).value.audience).toEqual(audience));

test.each([
  ['a visibility that is none', 'portal: {audience: {visibility: [pubic]}}'],
  ['one that is written otherwise', 'portal: {audience: {visibility: [Public]}}'],
  ['a text instead of a list', 'portal: {audience: {visibility: public}}'],
  ['a key that is not known', 'portal: {audience: {denny: {repositories: [a]}}}'],
  ['one further down', 'portal: {audience: {deny: {repository: [a]}}}'],
  ['the key itself', 'portal: {audiences: {visibility: [public]}}'],
  ['the key in capitals', 'portal: {Audience: {visibility: [public]}}'],
  ['the key at the root', 'audience: {visibility: [public]}'],
  ['no value', 'portal: {audience: }'],
  ['no value further down', 'portal: {audience: {visibility: }}'],
  ['no value among deny', 'portal: {audience: {deny: {owners: }}}'],
  ['an empty entry', 'portal: {audience: {deny: {owners: [a, ]}, allow: {repositories: [~]}}}'],
  ['a variable that is not set', 'portal: {audience: {visibility: ["${NOWHERE}"]}}'],
  ['a list in a variable that is not set', 'portal: {audience: {visibility: "${NOWHERE}"}}'],
  ['a file that is not there', 'portal: {audience: {deny: {$include: deny.yaml}}}'],
  ['a portal that is not there', 'portal: {$include: portal.yaml}'],
  ['a portal that is a list', 'portal: [{audience: {visibility: [public]}}]'],
  ['what negates', 'portal: {audience: {deny: {repositories: ["!acme/x"]}}}'],
  ['an owner with a star', 'portal: {audience: {deny: {owners: ["pay*"]}}}'],
  ['an owner without a name', 'portal: {audience: {deny: {owners: ["group:"]}}}'],
  ['a file that is not YAML', 'portal: {audience: {visibility: [public]'],
  ['a file that is a list', '- portal: {audience: {visibility: [public]}}'],
])('%s is no audience, with a problem that says so', (_case, text) => {
  const { value, problems } = parse(text);
  expect(value.audience).toBeUndefined();
  expect(problems).not.toEqual([]);
});

test('a second file that cannot be read may have said it', () => {
  const more = { 'b.yaml': 'portal:\n  audience: {visibility: [public]\n' };
  expect(parse('app: {title: A}', {}, more).value.audience).toBeUndefined();
});

test('the environment may say it, and say it wrongly', () => {
  const name = 'APP_CONFIG_portal_audience_visibility';
  expect(parse('app: {}', { [name]: '["public"]' }).value.audience).toEqual({ visibility: ['public'] });
  expect(parse('app: {}', { [name]: 'public' }).value.audience).toBeUndefined();
});
