export type Permission = 'metadata' | 'contents' | 'members' | 'administration' | 'actions' | 'pull_requests';
export type Permissions = Partial<Record<Permission, 'read' | 'write'>>;

/** Scopes of a classic token, each of which is enough for a permission on repositories that are not public. */
export const scopesFor: Record<Permission, readonly string[]> = {
  metadata: ['repo'],
  contents: ['repo'],
  members: ['read:org', 'write:org', 'admin:org'],
  administration: ['repo'],
  actions: ['repo'],
  pull_requests: ['repo'],
};
