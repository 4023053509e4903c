import type { OrganisationSeed } from './seed.ts';

const toCatalog = (name: string) => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: service
  lifecycle: production
  owner: guests
`;

/** Two repositories and two people: enough where a test is not about what an organisation holds. */
export function toSmall(login = 'acme'): OrganisationSeed {
  const toRepository = (name: string) => ({
    name,
    files: {
      'catalog-info.yaml': toCatalog(name),
      'mkdocs.yml': `site_name: ${name}\n`,
      'docs/index.md': `# ${name}\n`,
    },
  });
  return {
    login,
    name: login,
    repositories: ['checkout', 'search'].map(toRepository),
    members: [{ login: 'amara-okafor', name: 'Amara Okafor' }, { login: 'priya-raman' }],
  };
}
