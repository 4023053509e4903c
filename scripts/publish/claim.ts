import { z } from 'zod';
import { PortalError } from '../portal-error.ts';
import type { Store, WriteCondition } from '../ports.ts';
import { ownHeaders } from './headers.ts';
import { claimKey } from './manifest.ts';
import { PublishRefusal } from './refusal.ts';
import type { PublishTools } from './tools.ts';

/** For how long a claim holds, and how often it is renewed. */
const lease = 10 * 60_000;
const renewal = 3 * 60_000;
/** Nothing is written in the last part of a lease: what is under way then has to arrive before it ends. */
const margin = 60_000;
/** How often it is tried to take a claim that others take and give back. */
const attempts = 5;

const claimSchema = z.object({
  version: z.literal(1),
  token: z.string(),
  by: z.string(),
  since: z.iso.datetime(),
  until: z.iso.datetime(),
});
type WrittenClaim = z.infer<typeof claimSchema>;

/** The right to publish to a place, which one process has at a time. */
export type Claim = {
  /** Somebody before did not finish: what the place holds is not what its manifest says. */
  isTakenOver: boolean;
  /** Throws where the claim is lost, or may be lost before a write arrives. */
  check: () => void;
  /** Gives it back. `unfinished` says that the next one must look at what is there. */
  release: (state: 'finished' | 'unfinished') => Promise<void>;
};

type ClaimTools = Pick<PublishTools, 'now' | 'every' | 'token' | 'holder'>;

/** Takes the claim of a place, or refuses because somebody has it. A claim whose time is over counts for nothing. */
export async function takeClaim(store: Store, tools: ClaimTools): Promise<Claim> {
  let isTaking = false;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const written = await writeClaim(store, tools, { kind: 'absent' });
    if (written !== 'refused') return holdClaim(store, tools, written, false);
    const there = await findClaim(store);
    if (there === undefined) continue;
    // An answer that got lost on the way makes a second attempt of the same write look like somebody else's.
    if (there.claim.token === tools.token) return holdClaim(store, tools, there, isTaking);
    if (isAlive(there.claim, tools.now())) throw toRefusal(store, there.claim);
    isTaking = true;
    const taken = await writeClaim(store, tools, { kind: 'unchanged', tag: there.tag });
    if (taken !== 'refused') return holdClaim(store, tools, taken, true);
  }
  throw new PublishRefusal(`Several others publish to ${store.name} at the moment.`, {
    hint: 'Let one workflow publish at a time, and try again.',
  });
}

/** Whether a claim holds. */
const isAlive = ({ until }: WrittenClaim, now: number) => Date.parse(until) > now;

/** The claim on a place, and whether its time is over; undefined where there is none. */
export async function findClaimState(store: Store, now: number): Promise<'held' | 'over' | undefined> {
  const there = await findClaim(store);
  return there && (isAlive(there.claim, now) ? 'held' : 'over');
}

type FoundClaim = { claim: WrittenClaim; tag: string };

async function findClaim(store: Store): Promise<FoundClaim | undefined> {
  const found = await store.fetchFile(claimKey);
  if (found === undefined) return undefined;
  const claim = parseClaim(new TextDecoder().decode(found.bytes));
  if (claim) return { claim, tag: found.tag };
  throw new PortalError(`${claimKey} in ${store.name} is no claim that this version understands.`, {
    hint: 'If nobody publishes there, remove the file and publish again with --adopt.',
  });
}

function parseClaim(text: string): WrittenClaim | undefined {
  try {
    return claimSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function writeClaim(
  store: Store,
  { now, token, holder }: ClaimTools,
  condition: WriteCondition,
  { since = now(), until = now() + lease } = {},
): Promise<FoundClaim | 'refused'> {
  const claim: WrittenClaim = {
    version: 1,
    token,
    by: holder,
    since: new Date(since).toISOString(),
    until: new Date(until).toISOString(),
  };
  const bytes = new TextEncoder().encode(`${JSON.stringify(claim)}\n`);
  const put = await store.putFile({ key: claimKey, bytes, ...ownHeaders.json }, condition);
  return put === 'refused' ? put : { claim, tag: put.tag };
}

function holdClaim(store: Store, tools: ClaimTools, taken: FoundClaim, isTakenOver: boolean): Claim {
  let held = taken;
  let isLost = false;
  let renewing: Promise<void> = Promise.resolve();
  const since = Date.parse(taken.claim.since);
  /** Writes the claim anew over our own; false where it is somebody else's by now. */
  const rewrite = async (until: number) => {
    const written = await writeClaim(store, tools, { kind: 'unchanged', tag: held.tag }, { since, until });
    const now = written === 'refused' ? await findClaim(store) : written;
    if (now?.claim.token === tools.token) held = now;
    else isLost = true;
  };
  // A renewal that fails is tried again; when the time runs out first, `check` says so.
  const stop = tools.every(renewal, () => {
    renewing = renewing.then(() => rewrite(tools.now() + lease)).catch(() => undefined);
  });
  const isSafe = () => !isLost && Date.parse(held.claim.until) - margin > tools.now();
  return {
    isTakenOver,
    check: () => {
      if (!isSafe()) throw toLoss(store);
    },
    release: async (state) => {
      stop();
      await renewing;
      if (state === 'finished') return isSafe() ? store.removeFiles([claimKey]) : undefined;
      if (!isLost) await rewrite(tools.now());
      // A last write may have come after what somebody else looked at by now: whoever is next has to look again.
      if (isLost) await writeClaim(store, tools, { kind: 'absent' }, { since, until: tools.now() });
    },
  };
}

const toTime = (moment: string) => moment.replace('T', ' ').replace(/\.\d+Z$/, ' UTC');

const toRefusal = ({ name }: Store, { by, since, until }: WrittenClaim) =>
  new PublishRefusal(`${by} has been publishing to ${name} since ${toTime(since)}.`, {
    hint: `Wait for its end and try again. If it was killed, its claim is over at ${toTime(until)}; whoever publishes then goes on from there.`,
  });

const toLoss = ({ name }: Store) =>
  new PortalError(`The claim on ${name} could not be renewed in time, so nothing more is written.`, {
    hint: 'Was this machine asleep, or without a network? Publish again: what is there already is not written again.',
  });
