import { z } from 'zod';
import type { Sealer } from './ports.ts';

/** One way through the issuer, from where it began to where it leads back. */
const flowSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  redirectUri: z.string(),
  /** Whether the issuer is asked to forget for a moment who it knows. */
  isAnew: z.boolean(),
  /** When it began, in milliseconds since 1970. */
  began: z.number(),
});
export type Flow = z.infer<typeof flowSchema>;

/** How long somebody may take to sign in, in milliseconds. */
export const flowTime = 10 * 60_000;
/** How many tabs may be on their way at once. */
const mostFlows = 5;

/** Begins a way: state, nonce and verifier that nobody can guess. */
export function createFlow(
  wanted: Pick<Flow, 'returnTo' | 'redirectUri' | 'isAnew'>,
  now: number,
  random: () => string,
): Flow {
  return { state: random(), nonce: random(), verifier: random(), ...wanted, began: now };
}

/** Opens the cookie of a way; nothing where it is not ours, belongs to another state, or took too long. */
export async function openFlow(sealed: string, sealer: Sealer, now: number): Promise<Flow | undefined> {
  const { data: flow } = flowSchema.safeParse(await sealer.open('flow', sealed));
  return flow && now >= flow.began - 60_000 && now < flow.began + flowTime ? flow : undefined;
}

/** The cookies that must go so that a new way has room: those that are over or not ours, then the oldest. */
export async function listSpentFlows(
  cookies: ReadonlyMap<string, string>,
  prefix: string,
  sealer: Sealer,
  now: number,
): Promise<string[]> {
  const own = [...cookies].filter(([name]) => name.startsWith(prefix)).slice(0, 50);
  const rows = await Promise.all(
    own.map(async ([name, sealed]) => ({ name, began: (await openFlow(sealed, sealer, now))?.began ?? 0 })),
  );
  const byAge = rows.toSorted((one, other) => other.began - one.began);
  return byAge.filter(({ began }, at) => began === 0 || at >= mostFlows - 1).map(({ name }) => name);
}

/** Remembers which ways were gone, as long as they could be gone again; a way that is taken a second time is refused. */
export function createOnce(now: () => number, most = 10_000): (state: string) => boolean {
  const gone = new Map<string, number>();
  return (state) => {
    for (const [old, until] of gone) {
      if (until > now() && gone.size < most) break;
      gone.delete(old);
    }
    if (gone.has(state)) return false;
    gone.set(state, now() + flowTime + 60_000);
    return true;
  };
}
