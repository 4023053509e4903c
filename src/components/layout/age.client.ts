import { type Age, buildFilePath, isTooOld, parseAge } from '#model/build-file.ts';
import { toHref } from '#model/urls.ts';
import { formatAgo, formatMoment } from './ago.ts';
import { isDue, recall, remember, whenIdle } from './tab-memory.ts';

const keptName = 'portolan:build';
const base = document.documentElement.dataset.base ?? '/';

/** Says in the footer how old what is shown is, and at the lower edge of the window when that is too old; asked once a tab, again after ten minutes. */
export function showAge(): void {
  const kept = recall(keptName);
  show(parseAge(kept?.said));
  if (!isDue(kept, Date.now())) return;
  whenIdle(async () => {
    const age = await askAge();
    if (age === undefined) return;
    remember(keptName, { at: Date.now(), said: age });
    show(age);
  });
}

/** What the site says of itself, or nothing; a page is whole without it. */
async function askAge(): Promise<Age | undefined> {
  try {
    const answer = await fetch(toHref(base, buildFilePath), { cache: 'no-cache' });
    return answer.ok ? parseAge(await answer.json()) : undefined;
  } catch {
    return undefined;
  }
}

function show(age: Age | undefined): void {
  if (age === undefined) return;
  const now = Date.now();
  const toAgo = (time: string) => formatAgo(Math.max(0, now - Date.parse(time)) / 1000);
  for (const place of document.querySelectorAll<HTMLTimeElement>('time[data-read]')) {
    const time = place.dataset.read === '' ? age.readAt : age.sources[Number(place.dataset.read)]?.readAt;
    if (time === undefined) continue;
    place.dateTime = time;
    place.title = formatMoment(time);
    const exact = 'exact' in place.dataset ? `${formatMoment(time)}, ` : '';
    place.textContent = `${place.dataset.words ?? ''}${exact}${toAgo(time)}`;
  }
  // Most portals are never old, so what says it is loaded only then.
  if (isTooOld(age, age.readAt, now))
    import('./stale.client.ts').then(({ showStale }) => showStale(age, now)).catch(() => undefined);
  else document.querySelector('.stale')?.remove();
}
