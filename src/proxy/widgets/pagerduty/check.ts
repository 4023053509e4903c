import { toTrouble } from '../../answering/troubles.ts';
import type { UpstreamFinding, WidgetContext } from '../define.ts';
import { type Probed, toFindings } from '../findings.ts';
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
  const probed = kinds.map(async ({ path, what }): Promise<Probed> => {
    const outcome = await pagerduty.ask({ path, query: [['limit', '1']], accept });
    if (outcome.kind !== 'fault') return { isFine: true, what: `reads ${what}` };
    const { fault } = outcome;
    const trouble = toTrouble(pagerduty.name, fault);
    const isRefused = fault === 'unauthorised' || fault === 'forbidden';
    return { fault, isFine: false, what: `${trouble.what}: ${what}`, mend: isRefused ? grant : trouble.mend };
  });
  return toFindings('pagerduty', pagerduty, await Promise.all(probed));
}
