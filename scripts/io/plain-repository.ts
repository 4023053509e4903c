/** The organisation whose repositories plain folders stand for. */
export type Home = {
  /** `https://github.com/acme` */
  url: string;
  branch?: string;
};

const ownerAndName = /^(?<owner>[A-Za-z0-9][A-Za-z0-9.-]*?)__(?<name>[A-Za-z0-9._-]+)$/;

/** Whether a folder's name says whose repository it is: `owner__name`. */
export function isOwnedName(folder: string): boolean {
  return ownerAndName.test(folder);
}

/**
 * Where a folder that is no checkout stands on the web, by its name: `owner__name` is a repository of GitHub, any other
 * one of `home`. Nothing without either. The branch is the one that the configuration discovers, else `main`.
 */
export function toPlainRepository(folder: string, home: Home | undefined): { url?: string; branch?: string } {
  const branch = home?.branch ?? 'main';
  const { owner, name } = ownerAndName.exec(folder)?.groups ?? {};
  if (owner !== undefined && name !== undefined) return { url: `https://github.com/${owner}/${name}`, branch };
  return home === undefined ? {} : { url: `${home.url}/${folder}`, branch };
}
