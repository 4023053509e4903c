import { isDue, recall, remember } from '#components/layout/tab-memory.ts';
import { toSiteHref } from '#components/search/dom.client.ts';
import { listMine, type Me } from '#model/me.ts';
import { type OwnersFile, ownersFilePath, toOwnPart } from '#model/owners-file.ts';

const keptName = 'portolan:owned';

type KeptPart = { of: string; part: OwnersFile };

/** Our own answer, written by this very function; a tab that outlives a new version has another `version`. */
function isKeptPart(said: unknown): said is KeptPart {
  return typeof said === 'object' && said !== null && 'of' in said && 'part' in said && isCurrent(said.part);
}

const isCurrent = (part: unknown) =>
  typeof part === 'object' && part !== null && 'version' in part && part.version === 1;

/** What a reader and their groups own, as far as this tab knows already. */
export function findOwned(me: Me): OwnersFile | undefined {
  const said = recall(keptName)?.said;
  return isKeptPart(said) && said.of === toKey(me) ? said.part : undefined;
}

const toKey = (me: Me) => listMine(me).join(' ');

/** The same, asked for where this tab does not know it or has known it for long; nothing where it cannot be had. */
export async function fetchOwned(me: Me): Promise<OwnersFile | undefined> {
  const known = findOwned(me);
  if (known && !isDue(recall(keptName), Date.now())) return known;
  try {
    const answer = await fetch(toSiteHref(ownersFilePath));
    if (!answer.ok) return known;
    const part = toOwnPart((await answer.json()) as OwnersFile, listMine(me)); // our own file
    remember(keptName, { at: Date.now(), said: { of: toKey(me), part } satisfies KeptPart });
    return part;
  } catch {
    return known;
  }
}
