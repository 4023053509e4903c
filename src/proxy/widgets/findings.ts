import type { LiveFault } from '#model/live/answer.ts';
import { findWidget, type WidgetId } from '#model/live/widgets.ts';
import { toTrouble } from '../answering/troubles.ts';
import type { Upstream } from '../upstream.ts';
import type { UpstreamFinding } from './define.ts';

/** What one question of a check came to. */
export type Probed = Omit<UpstreamFinding, 'upstream'> & { fault?: LiveFault };

/** Faults of an upstream as a whole, whatever it is asked. */
const wholeFaults: ReadonlySet<LiveFault> = new Set([
  'timeout',
  'unreachable',
  'redirected',
  'unauthorised',
  'failing',
]);

/** The heading of all that is found of an upstream: the system as people know it, and its name where that says more. */
export function toHeading(id: WidgetId, name: string): string {
  const system = findWidget(id)?.system ?? id;
  return name === system ? system : `${system} ${name}`;
}

/** What was found of one upstream: a line for each question, or one alone where all came to the same that is not theirs. */
export function toFindings(
  id: WidgetId,
  { name }: Pick<Upstream, 'name'>,
  probed: readonly Probed[],
): UpstreamFinding[] {
  const upstream = toHeading(id, name);
  const [first] = probed;
  const faults = new Set(probed.map(({ fault }) => fault));
  faults.delete('resting');
  if (first?.fault !== undefined && faults.size === 1 && wholeFaults.has(first.fault)) {
    const { fault, ...finding } = first;
    return [{ upstream, ...finding, what: toTrouble(name, fault).what }];
  }
  return probed.map(({ fault: _fault, ...finding }) => ({ upstream, ...finding }));
}
