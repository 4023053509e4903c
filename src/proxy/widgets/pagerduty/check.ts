import { toTrouble } from '../../troubles.ts';
import type { UpstreamFinding, WidgetContext } from '../define.ts';
import { accept } from './questions.ts';

const grant = 'Give it a read-only REST key of the account, as deploy/pagerduty/README.md shows it.';

const kinds: readonly { path: string; what: string }[] = [
  { path: '/services', what: 'services' },
  { path: '/oncalls', what: 'who is on call' },
  { path: '/incidents', what: 'incidents' },
];

/** Asks for one service, one person on call and one incident. */
export async function checkPagerduty({ upstreams }: WidgetContext): Promise<UpstreamFinding[]> {
  const { pagerduty } = upstreams;
  if (!pagerduty) return [];
  const findings = kinds.map(async ({ path, what }): Promise<UpstreamFinding> => {
    const outcome = await pagerduty.ask({ path, query: [['limit', '1']], accept });
    const named = { upstream: pagerduty.id };
    if (outcome.kind !== 'fault') return { ...named, isFine: true, what: `reads ${what}` };
    const trouble = toTrouble(pagerduty.name, outcome.fault);
    const isRefused = outcome.fault === 'unauthorised' || outcome.fault === 'forbidden';
    return { ...named, isFine: false, what: `${trouble.what}: ${what}`, mend: isRefused ? grant : trouble.mend };
  });
  return Promise.all(findings);
}
