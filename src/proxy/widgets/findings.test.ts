import { expect, test } from 'vitest';
import { type Probed, toFindings, toHeading } from './findings.ts';

test.each([
  ['kubernetes', 'prod-us', 'Kubernetes prod-us'],
  ['argocd', 'prod-us', 'Argo CD prod-us'],
  ['github', 'github.com', 'GitHub github.com'],
  ['prometheus', 'Prometheus', 'Prometheus'],
  ['pagerduty', 'PagerDuty', 'PagerDuty'],
] as const)('%s %s is told of as %s', (id, name, heading) => {
  expect(toHeading(id, name)).toBe(heading);
});

const fine: Probed = { isFine: true, what: 'reads' };
const toProbed = (fault: Probed['fault']): Probed => ({
  ...(fault && { fault }),
  isFine: false,
  what: `runs: ${fault}`,
  mend: 'Mend it.',
});
const down = toProbed('unreachable');

test.each<[string, Probed[], string[]]>([
  ['nobody answers', [down, down, toProbed('resting')], ['main cannot be reached']],
  ['one question fails', [fine, down], ['reads', 'runs: unreachable']],
  ['all are refused', [toProbed('forbidden'), toProbed('forbidden')], ['runs: forbidden', 'runs: forbidden']],
  ['nothing is asked', [], []],
])('when %s', (_, probed, lines) => {
  const findings = toFindings('github', { name: 'main' }, probed);
  expect(findings.map(({ what }) => what)).toEqual(lines);
  expect(JSON.stringify(findings)).not.toContain('"fault"');
});
