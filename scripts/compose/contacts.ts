import type { CatalogEntity } from '#model/catalog.ts';
import type { OutLink } from '#model/pages/parts.ts';
import { findSafeUrl } from '#model/urls.ts';
import { findProfile } from './organisation.ts';

/** How an owner is reached: its address, then its own links, three at most. */
export function toContacts(owner: CatalogEntity | undefined): OutLink[] {
  if (!owner) return [];
  const { email } = findProfile(owner);
  const mail = email ? [{ url: `mailto:${email}`, title: email, icon: 'mail' }] : [];
  return [...mail, ...toOwnLinks(owner)].slice(0, 3);
}

/** The links that an entity names itself, as far as a page may link to them. */
export function toOwnLinks(entry: CatalogEntity): OutLink[] {
  return (entry.entity.metadata.links ?? []).flatMap(({ url, title, icon }) => {
    const safe = findSafeUrl(url);
    return safe ? [{ url: safe, title: title ?? safe.replace(/^https?:\/\//, ''), icon: icon ?? 'link' }] : [];
  });
}
