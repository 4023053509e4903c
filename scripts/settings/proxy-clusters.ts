import type { Place } from '#model/place.ts';
import type { ProxyConfiguration } from './proxy.ts';
import { listDistinct, listMethodPaths, tell, tellWrong, toBearer, withoutSlash } from './proxy-parts.ts';
import * as schema from './proxy-schema.ts';
import type { SectionReader } from './sections.ts';
import { toPath } from './tree.ts';

type ReadFile = (path: string) => string | undefined;

/** How a cluster may be signed in to: with a token that stands in the configuration, or with the pod's own. */
const providers = new Set(['serviceAccount', 'localKubectlProxy']);

/** The clusters of Kubernetes that the configuration names. */
export function toClusters(
  reader: SectionReader,
  { readFile }: { readFile: ReadFile },
): ProxyConfiguration['clusters'] {
  const path = 'kubernetes.clusterLocatorMethods';
  const sections = listMethodPaths(reader, path, 'clusters').flatMap((list) => reader.list(list, schema.clusterSchema));
  return listDistinct(reader, path, sections).map(({ value, place }) => {
    const {
      name,
      url,
      authProvider = 'serviceAccount',
      serviceAccountToken: token,
      dashboardUrl,
      dashboardApp,
    } = value;
    if (!providers.has(authProvider))
      tell(reader, `${path}: ${name}`, `the proxy signs in with a token, not with \`${authProvider}\``, place);
    const ca = value.caData === undefined ? readCa(value.caFile, place, readFile) : toPem(value.caData);
    if ((value.caData ?? value.caFile) !== undefined && !ca?.includes('-----BEGIN CERTIFICATE-----'))
      tellWrong(reader, `${path}: ${name}`, 'has no certificate in PEM in its `caData` or `caFile`', place);
    return {
      name,
      url: withoutSlash(url),
      ...(token !== undefined && { credential: toBearer(token) }),
      ...(ca?.includes('-----BEGIN CERTIFICATE-----') && { ca }),
      skipTlsVerify: value.skipTLSVerify,
      ...(dashboardUrl !== undefined && {
        dashboard: { url: withoutSlash(dashboardUrl), ...(dashboardApp !== undefined && { app: dashboardApp }) },
      }),
    };
  });
}

/** Backstage writes certificates as base64 of PEM; PEM as it is, is taken too. */
function toPem(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  if (trimmed.startsWith('-----BEGIN')) return trimmed;
  try {
    return atob(trimmed.replaceAll(/\s/g, ''));
  } catch {
    return trimmed;
  }
}

const readCa = (file: string | undefined, place: Place, readFile: ReadFile) =>
  file === undefined ? undefined : readFile(toPath(file, place.path));
