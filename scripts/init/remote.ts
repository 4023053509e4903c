/** Who owns a repository, by the address that git pushes it to; undefined for an address of another form. */
export function findOwner(remote: string): { host: string; organization: string } | undefined {
  const [, host = '', path = ''] =
    /^(?:https?|ssh|git):\/\/(?:[^@/\s]*@)?([\w.-]+)(?::\d+)?\/(\S+)$/.exec(remote.trim()) ??
    /^(?:[\w.-]+@)?([\w.-]+):(?!\/)(\S+)$/.exec(remote.trim()) ??
    [];
  const parts = path.replace(/\.git$/, '').split('/');
  const [organization = ''] = parts;
  return parts.length === 2 && organization !== '' && host.includes('.') ? { host, organization } : undefined;
}
