import { z } from 'zod';
import { toTrouble } from '../../answering/troubles.ts';
import type { Upstream } from '../../upstream.ts';
import type { UpstreamFinding, WidgetContext } from '../define.ts';
import { toHeading } from '../findings.ts';

const namesAnswer = z.object({ items: z.array(z.unknown()).nullish() });
const grant = 'Grant its account `applications, get`, as deploy/argocd/README.md shows it.';

async function checkInstance(upstream: Upstream): Promise<UpstreamFinding> {
  const outcome = await upstream.ask({
    path: '/api/v1/applications',
    query: [['fields', 'items.metadata.name']],
    maxBytes: 8 * 1024 * 1024,
  });
  const named = { upstream: toHeading('argocd', upstream.name) };
  if (outcome.kind === 'same') return { ...named, isFine: true, what: 'lists applications' };
  if (outcome.kind === 'fault') {
    const { what, mend } = toTrouble(upstream.name, outcome.fault);
    return { ...named, isFine: false, what, mend: outcome.fault === 'forbidden' ? grant : mend };
  }
  const { success, data } = namesAnswer.safeParse(outcome.value);
  if (!success) return { ...named, isFine: false, ...toWords(upstream) };
  const count = data.items?.length ?? 0;
  if (count === 0) return { ...named, isFine: false, what: 'shows no application to the portal', mend: grant };
  return { ...named, isFine: true, what: `lists ${count} ${count === 1 ? 'application' : 'applications'}` };
}

const toWords = ({ name }: Upstream) => {
  const { what, mend } = toTrouble(name, 'unreadable');
  return { what, mend };
};

/** Asks every instance for the names of its applications. */
export function checkArgocd({ upstreams }: WidgetContext): Promise<UpstreamFinding[]> {
  return Promise.all(upstreams.argocd.map(checkInstance));
}
