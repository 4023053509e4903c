import { findStale } from '#model/catalog.ts';
import { kinds } from '#model/kinds/index.ts';
import type { HomePage } from '#model/pages/home-page.ts';
import type { EntityLine } from '#model/pages/parts.ts';
import { levels } from '#model/problems.ts';
import type { RefText } from '#model/ref.ts';
import { toInboxPath } from '#model/urls.ts';
import type { Surroundings } from './surroundings.ts';

/** How much of each list the first page shows; the rest is one link away. */
const shown = { domains: 8, systems: 8, recent: 8, owners: 5 };

/** The first page, worked out from the catalog; `textHtml` is the operator's own text, already made safe. */
export function toHomePage(around: Surroundings, textHtml: string): HomePage {
  const { catalog, lookup } = around;
  const counts = new Map<string, number>();
  for (const { entity } of catalog.entities.values())
    counts.set(entity.kind.toLowerCase(), (counts.get(entity.kind.toLowerCase()) ?? 0) + 1);
  const stale = findStale(catalog.repositories);
  return {
    textHtml,
    kinds: kinds
      .map(({ kind, label, plural, icon }) => ({ label, plural, icon, count: counts.get(kind.toLowerCase()) ?? 0 }))
      .filter(({ count }) => count > 0),
    domains: listDomains(around),
    recent: catalog.entities
      .values()
      .filter((entry) => entry.changedAt !== undefined)
      .toArray()
      .toSorted((a, b) => compare(b.changedAt, a.changedAt) || compare(a.ref, b.ref))
      .slice(0, shown.recent)
      .map(({ ref, changedAt = '' }) => ({ line: lookup.toLine(ref), changedAt })),
    problems: levels.map((level) => ({
      level,
      count: catalog.problems.filter((problem) => problem.level === level).length,
    })),
    ...(stale && { stale }),
    worst: [...around.problemsByOwner]
      .filter(([owner]) => catalog.entities.has(owner))
      .toSorted(([a, left], [b, right]) => right.length - left.length || compare(a, b))
      .slice(0, shown.owners)
      .map(([owner, { length }]) => ({ owner: lookup.toLink(owner), path: toInboxPath(owner), count: length })),
  };
}

const compare = (a = '', b = '') => (a < b ? -1 : a > b ? 1 : 0);

function listDomains({ catalog, lookup }: Surroundings): HomePage['domains'] {
  const domains = new Map<RefText, (EntityLine & { parts: number })[]>();
  for (const { ref } of catalog.entities.values()) {
    if (!ref.startsWith('system:')) continue;
    const domain = lookup.listRelated(ref, 'partOf').find(({ kind }) => kind === 'domain')?.ref ?? '';
    const line = { ...lookup.toLine(ref), parts: lookup.listRelated(ref, 'hasPart').length };
    domains.set(domain, [...(domains.get(domain) ?? []), line]);
  }
  return [...domains]
    .toSorted(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : compare(a, b)))
    .slice(0, shown.domains)
    .map(([domain, systems]) => ({
      domain: domain === '' ? undefined : lookup.toLink(domain),
      systems: systems.toSorted((a, b) => b.parts - a.parts || compare(a.ref, b.ref)).slice(0, shown.systems),
      more: Math.max(0, systems.length - shown.systems),
    }));
}
