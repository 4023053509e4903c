/** The one repository that a run is about; without a host it is meant on any. */
export type OnlyRepository = { host?: string; owner: string; name: string };

/** Reads `acme/checkout`, `github.example.com/acme/checkout` or the address of a repository; undefined for anything else. */
export function findOnly(text: string): OnlyRepository | undefined {
  const words = text
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/(?:\.git)?\/*$/, '')
    .split('/');
  if (words.some((word) => !/^[\w.:-]+$/.test(word))) return undefined;
  const [name, owner, host, ...more] = words.toReversed();
  if (name === undefined || owner === undefined || more.length > 0) return undefined;
  return { ...(host !== undefined && { host: host.toLowerCase() }), owner, name };
}

/** Whether a run for one repository is about one of this owner. */
export function isOwnerOf(only: OnlyRepository, host: string, owner: string): boolean {
  return (
    only.owner.toLowerCase() === owner.toLowerCase() && (only.host === undefined || only.host === host.toLowerCase())
  );
}
