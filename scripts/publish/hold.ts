import { PortalError } from '../portal-error.ts';
import type { Store } from '../ports.ts';
import { takeClaim } from './claim.ts';
import { type Meter, measureStore } from './meter.ts';
import { PublishRefusal } from './refusal.ts';
import type { PublishTools } from './tools.ts';

/** A place that nobody else writes to. */
export type HeldPlace = {
  /** Writes only while the claim holds. */
  store: Store;
  meter: Meter;
  /** Somebody before did not finish: what is there is not what the manifest says. */
  isTakenOver: boolean;
};

/**
 * Works at a place while nobody else does. A failure after the first write, or work that does not put right what somebody
 * else left unfinished, is left to the next one to look at.
 */
export async function holdPlace<Result>(
  place: Store,
  tools: PublishTools,
  { putsRight }: { putsRight: boolean },
  work: (held: HeldPlace) => Promise<Result>,
): Promise<Result> {
  const counted = measureStore(place);
  const claim = await takeClaim(counted.store, tools);
  const { isTakenOver } = claim;
  const guarded = measureStore(counted.store, claim.check);
  const release = (isRight: boolean) => claim.release(isRight ? 'finished' : 'unfinished').catch(() => undefined);
  try {
    const result = await work({ store: guarded.store, meter: counted.meter, isTakenOver });
    await release(putsRight || !isTakenOver); // where that fails, the work is done all the same, and the claim ends by itself
    return result;
  } catch (error) {
    const isTouched = guarded.meter.writes > 0;
    await release(!isTouched && !isTakenOver);
    throw isTouched ? toUnfinished(error, place) : error;
  }
}

/** Says of a failure in the middle what it left behind. */
function toUnfinished(error: unknown, { name }: Store): unknown {
  if (!(error instanceof PortalError)) return error;
  const Kind = error instanceof PublishRefusal ? PublishRefusal : PortalError;
  return new Kind(
    `${error.message}\nThe release before is still what ${name} says it has, but some of its files may be of this one already.`,
    { hint: `${error.hint} What was written is not written again.` },
  );
}
