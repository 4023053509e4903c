import { forget, isDue, recall, remember, whenIdle } from '#components/layout/tab-memory.ts';
import { type Me, parseMe } from '#model/me.ts';
import { toHref } from '#model/urls.ts';

const keptName = 'portolan:signed-in';
const base = document.documentElement.dataset.base ?? '/';

/** How long a reader's page waits for an answer. */
const patience = 10_000;

/** Whether this portal can know who reads it. */
const hasSignIn = (): boolean => document.documentElement.dataset.signIn !== undefined;

/** Who reads, as far as this tab knows already. */
export function findMe(): Me | undefined {
  const kept = hasSignIn() ? parseMe(recall(keptName)?.said) : undefined;
  return kept === 'nobody' ? undefined : kept;
}

let asking: Promise<Me | undefined> | undefined;

/** Who reads: asked once a tab, again after ten minutes, and never before the page is done with its own work. Never rejects. */
export function askMe(): Promise<Me | undefined> {
  if (!hasSignIn() || !isDue(recall(keptName), Date.now())) return Promise.resolve(findMe());
  asking ??= new Promise((resolve) => whenIdle(() => void ask().then(resolve)));
  return asking;
}

/** Forgets who reads; the next page asks again. */
export const forgetMe = (): void => forget(keptName);

/** An answer that is no answer leaves things as they are until it is time to ask again; one that nobody is signed in does not. */
async function ask(): Promise<Me | undefined> {
  try {
    const answer = await fetch(toHref(base, '/api/me'), { redirect: 'manual', signal: AbortSignal.timeout(patience) });
    if (answer.status === 401) forgetMe();
    const said: unknown = answer.ok ? await answer.json() : undefined;
    keep(parseMe(said) === undefined ? undefined : said);
  } catch {
    keep(undefined);
  }
  return findMe();
}

const keep = (said: unknown) =>
  remember(keptName, { at: Date.now(), said: said ?? recall(keptName)?.said ?? { user: null } });
