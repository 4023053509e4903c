import { PortalError } from '../../portal-error.ts';
import type { Store } from '../../ports.ts';

export type S3StoreOptions = {
  endpoint?: string;
  region?: string;
  parallel?: number;
  environment: Readonly<Record<string, string | undefined>>;
};

/** Opens a bucket. */
export function openS3Store(text: string, _options: S3StoreOptions): Store {
  throw new PortalError(`${text} cannot be published to by this version.`, { hint: 'Publish to a folder.' });
}
