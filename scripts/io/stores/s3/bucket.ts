import type { S3Client } from '@aws-sdk/client-s3';
import { isStoreKey } from '#model/store-keys.ts';
import { PortalError } from '../../../portal-error.ts';
import { findS3Address, type S3Address, toBucketKey } from './address.ts';
import { createS3Client, type Pause, toSpreadPause } from './client.ts';
import { type S3Question, toS3Problem } from './errors.ts';
import { isGoogleEndpoint } from './google.ts';

export type S3StoreOptions = {
  /** Where the store answers; by default what the environment says, and otherwise Amazon. */
  endpoint?: string;
  region?: string;
  /** How many requests run at once at most. */
  parallel?: number;
  /** Whether the store is Google Cloud Storage; by default its address tells. */
  isGoogle?: boolean;
  /** In place of those that are found where the tools of Amazon look for them. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
  environment: Readonly<Record<string, string | undefined>>;
  pause?: Pause;
  silence?: number;
  longestWrite?: number;
};

/** A store that is open: how it is asked, and where in it. */
export type Bucket = {
  address: S3Address;
  client: S3Client;
  isGoogle: boolean;
  parallel: number;
  pause: Pause;
  /**
   * For how many milliseconds a small write may go on, all attempts together: the claim that allows it ends at some time,
   * and a write that arrives later would be one that nobody allowed.
   */
  longestWrite: number;
  ask: <Answer>(operation: S3Question['operation'], key: string, question: () => Promise<Answer>) => Promise<Answer>;
};

/** A store as people name it. */
export const toName = ({ bucket, prefix }: S3Address) => `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`;

/** Opens a bucket; it is not asked anything yet. */
export function openBucket(text: string, options: S3StoreOptions): Bucket {
  const { environment, pause = toSpreadPause, parallel = 32 } = options;
  const address = toAddress(text);
  const endpoint = options.endpoint || environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL || undefined;
  const shown = toShownEndpoint(endpoint);
  const region = options.region || environment.AWS_REGION || environment.AWS_DEFAULT_REGION || undefined;
  const isGoogle = options.isGoogle ?? isGoogleEndpoint(endpoint);
  const client = createS3Client({
    isGoogle,
    parallel,
    pause,
    ...(endpoint !== undefined && { endpoint }),
    ...(region !== undefined && { region }),
    ...(options.credentials && { credentials: options.credentials }),
    ...(options.silence !== undefined && { silence: options.silence }),
  });
  const place = { store: toName(address), bucket: address.bucket, endpoint: shown };
  return {
    address,
    client,
    isGoogle,
    parallel,
    pause,
    longestWrite: options.longestWrite ?? 45_000,
    ask: async (operation, key, question) => {
      try {
        return await question();
      } catch (error) {
        throw toS3Problem(error, { ...place, operation, key });
      }
    },
  };
}

function toAddress(text: string): S3Address {
  const address = findS3Address(text);
  if (address) return address;
  // An address with a key or a secret in it is not repeated.
  throw new PortalError(`${/[@?#]/.test(text) ? 'The address' : text} is no address of a bucket.`, {
    hint: 'Write s3://bucket or s3://bucket/prefix, the name of the bucket with 3 to 63 letters; keys belong in the environment.',
  });
}

/** An endpoint as it can be shown: an address of the web, and nothing secret in it. */
function toShownEndpoint(endpoint: string | undefined): string {
  if (endpoint === undefined) return 'Amazon S3';
  const url = URL.parse(endpoint);
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  if (isPlain) return url.origin;
  throw new PortalError('The endpoint of the store is no plain address of the web.', {
    hint: 'Write it as https://storage.example.com in --endpoint or AWS_ENDPOINT_URL; keys belong in the environment.',
  });
}

/** The key in the bucket that a file has; refuses one that could lead out of the prefix. */
export function toFullKey({ address }: Bucket, key: string): string {
  const full = toBucketKey(address, key);
  if (isStoreKey(key) && isStoreKey(full)) return full;
  throw new PortalError(`${JSON.stringify(key)} cannot be the name of a file in ${toName(address)}.`, {
    hint: 'Rename the file that it comes from.',
  });
}

/** A tag without the quotes that it travels in. */
export const toTag = (etag: string | undefined) => (etag ?? '').replace(/^W\//, '').replace(/^"|"$/g, '');

/**
 * The MD5 that a tag is: of a file that was written whole and is not encrypted with a key of its own. Where a tag only
 * looks like one, it fits no file, and the file is written once more than needed.
 */
export const findMd5 = (tag: string) => (/^[0-9a-f]{32}$/.test(tag) ? tag : undefined);
