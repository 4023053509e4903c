import { resolve } from 'node:path';
import { PortalError } from '../../portal-error.ts';
import type { Store } from '../../ports.ts';
import { openFolderStore } from './folder.ts';

export type OpenOptions = {
  workingFolder: string;
  environment: Readonly<Record<string, string | undefined>>;
  endpoint?: string;
  region?: string;
  parallel: number;
};

/** What is said of stores that are reached in another way. */
const others: Record<string, string> = {
  gs: 'Google Cloud Storage speaks S3: name `s3://bucket` with --endpoint https://storage.googleapis.com.',
  az: 'Publish to a folder, and copy that with `azcopy sync`.',
};

/** Opens the place that a word names: `s3://bucket/prefix`, else a folder. What an SDK takes is loaded for a bucket only. */
export async function openStore(target: string, options: OpenOptions): Promise<Store> {
  const { workingFolder, environment, endpoint, region, parallel } = options;
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(target)?.[1]?.toLowerCase();
  if (scheme === undefined) return openFolderStore(toFolder(target, workingFolder));
  if (scheme !== 's3')
    throw new PortalError(`${scheme}:// is no store that can be published to.`, {
      hint: others[scheme] ?? 'Name a bucket as `s3://bucket/prefix`, or a folder.',
    });
  const { openS3Store } = await import('./s3.ts');
  return openS3Store(target, { environment, parallel, ...(endpoint && { endpoint }), ...(region && { region }) });
}

/** The folder that a word names; an address with too few slashes (`s3:/bucket`) would be one by mistake. */
function toFolder(target: string, workingFolder: string): string {
  const [, scheme] = /^(s3|gs|az|file|https?):/i.exec(target) ?? [];
  if (scheme === undefined) return resolve(workingFolder, target);
  throw new PortalError(`${target} is neither a bucket nor a folder.`, {
    hint: `Name a bucket as \`s3://bucket/prefix\`; a folder that is really called so is \`./${target}\`.`,
  });
}
