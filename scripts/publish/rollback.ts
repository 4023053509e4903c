import { PortalError } from '../portal-error.ts';
import type { Store } from '../ports.ts';
import { fetchFileList, fetchPacked, toSpoilt } from './keeping.ts';
import type { Manifest, Release } from './manifest.ts';
import type { FindSource, Source } from './publish.ts';
import type { PublishTools } from './tools.ts';

/** Makes an earlier release what is to be published: the one that is named, else the one before what is published. */
export function createRollback(named: string | undefined, tools: PublishTools): FindSource {
  return async (published, store) => {
    if (published === undefined) throw toNothing(store);
    return openRelease(findRelease(published, named, store), store, tools);
  };
}

/** There is no portal where one is asked for. */
export const toNothing = ({ name }: Store) =>
  new PortalError(`Nothing is published at ${name}.`, {
    hint: 'Is it the right place? `portolan publish` puts a site there.',
  });

/** A release, by its number or the beginning of its id. */
function findRelease({ releases }: Manifest, named: string | undefined, { name }: Store): Release {
  const found =
    named === undefined
      ? releases[1]
      : releases.find(({ number, id }) => String(number) === named || (named.length >= 4 && id.startsWith(named)));
  if (found) return found;
  const what = named === undefined ? 'no earlier release' : `no release \`${named}\``;
  throw new PortalError(`${name} keeps ${what}.`, { hint: '`portolan rollback --list` names those that it keeps.' });
}

async function openRelease({ list }: Release, store: Store, tools: PublishTools): Promise<Source> {
  const { files, entities } = await fetchFileList(store, list, tools);
  return {
    files,
    entities,
    read: async (path) => {
      const file = files.get(path);
      if (file === undefined) throw new Error(`${path} is no file of the release.`);
      const bytes = await fetchPacked(store, file.location, file.bytes, tools);
      if (tools.digest(bytes) !== file.digest) throw toSpoilt(store, file.location.pack);
      return bytes;
    },
  };
}
