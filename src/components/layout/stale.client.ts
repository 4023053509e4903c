import type { Age } from '#model/build-file.ts';
import { findStaleSources } from '#model/stale-sources.ts';
import { toHref } from '#model/urls.ts';
import { formatAge, formatMoment } from './ago.ts';
import styles from './stale.css?inline';
import { recall, remember } from './tab-memory.ts';

const dismissedName = 'portolan:stale-seen';
const base = document.documentElement.dataset.base ?? '/';

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

/** Says at the lower edge of the window what is too old, until its reader hides it. */
export function showStale(age: Age, now: number): void {
  const stale = findStaleSources(age, now);
  document.querySelector('.stale')?.remove();
  if (!stale || recall(dismissedName)?.said === stale.since) return;
  const old = formatAge((now - Date.parse(stale.since)) / 1000);
  const what = stale.isAll
    ? `What this portal shows is ${old} old`
    : `Some of what this portal shows is ${old} old (${stale.names.join(', ')})`;
  const time = Object.assign(document.createElement('time'), {
    dateTime: stale.since,
    textContent: formatMoment(stale.since),
  });
  const link = Object.assign(document.createElement('a'), {
    href: toHref(base, '/about/'),
    textContent: 'What it was read from',
  });
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Hide' });
  button.addEventListener('click', () => {
    remember(dismissedName, { at: Date.now(), said: stale.since });
    place.remove();
    document.querySelector<HTMLElement>('#content')?.focus();
  });
  const text = document.createElement('p');
  text.append(`${what}: it was last read on `, time, '. Later changes are missing. ', link);
  const line = Object.assign(document.createElement('div'), { className: 'inside' });
  line.append(text, button);
  // What is read aloud is what comes into a region that is there already.
  const place = Object.assign(document.createElement('div'), { className: 'stale', role: 'status' });
  document.body.append(place);
  setTimeout(() => place.append(line));
}
