/** What a tab remembers of an answer: when it came, in milliseconds since 1970, and what it said. */
export type Kept = { at: number; said: unknown };

/** How long an answer is not asked for again. */
const freshMilliseconds = 10 * 60 * 1000;

/** What was kept, if it is of a form that was ever written. */
export function parseKept(text: string | null): Kept | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    const isKept = value !== null && typeof value === 'object' && 'at' in value && 'said' in value;
    return isKept && typeof value.at === 'number' ? { at: value.at, said: value.said } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether it is time to ask again; a clock that was set back is no reason to wait for years. */
export function isDue(kept: Kept | undefined, now: number): boolean {
  return kept === undefined || Math.abs(now - kept.at) >= freshMilliseconds;
}

/** What the tab remembers under a name. A browser may deny storage altogether, and then even naming it throws. */
export function recall(name: string): Kept | undefined {
  try {
    return parseKept(sessionStorage.getItem(name));
  } catch {
    return undefined;
  }
}

/** Remembers an answer until the tab is closed. */
export function remember(name: string, kept: Kept): void {
  try {
    sessionStorage.setItem(name, JSON.stringify(kept));
  } catch {
    // Denied or full: it is asked again on the next page.
  }
}

/** Forgets an answer. */
export function forget(name: string): void {
  try {
    sessionStorage.removeItem(name);
  } catch {
    // There is nothing to forget.
  }
}

/** Waits until the page has nothing better to do. */
export function whenIdle(act: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(act, { timeout: 3000 });
  else setTimeout(act, 200);
}
