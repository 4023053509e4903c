import { isStoreKey } from '#model/store-keys.ts';

/** A bucket, and where in it: a path without slashes at its ends, or nothing. */
export type S3Address = { bucket: string; prefix: string };

/** What Amazon, Google and Ceph take as the name of a bucket, together. */
const bucketName = /^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/;
/** Reads `s3://bucket/prefix`, with or without a slash at its end; undefined where it is anything else. */
export function findS3Address(text: string): S3Address | undefined {
  const [, bucket = '', path = ''] = /^s3:\/\/([^/@?#]*)(?:\/([^?#]*))?$/i.exec(text) ?? [];
  const prefix = path.replace(/\/$/, '');
  const isPlain = prefix === '' || isStoreKey(prefix);
  return bucketName.test(bucket) && isPlain ? { bucket, prefix } : undefined;
}

/** The key in the bucket that a key below the prefix has, or the beginning of keys. */
export const toBucketKey = ({ prefix }: S3Address, key: string): string => (prefix === '' ? key : `${prefix}/${key}`);

/** The key below the prefix that a key in the bucket has; undefined where it lies elsewhere. */
export function findOwnKey({ prefix }: S3Address, key: string): string | undefined {
  if (prefix === '') return key;
  return key.startsWith(`${prefix}/`) ? key.slice(prefix.length + 1) : undefined;
}
