import { DeleteObjectCommand, ListObjectsV2Command, type ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { isStoreKey } from '#model/store-keys.ts';
import { PortalError } from '../../../portal-error.ts';
import type { ListedFile } from '../../../ports.ts';
import { findOwnKey, toBucketKey } from './address.ts';
import { type Bucket, findMd5, toFullKey, toName, toTag } from './bucket.ts';
import { createRemoval } from './client.ts';
import { isAbsence } from './read.ts';

/** A page of a listing has a thousand files, and so has a removal. */
const perRequest = 1000;

/** Every page of a listing of what begins so. */
async function* listPages(
  bucket: Bucket,
  prefix: string,
  delimiter?: string,
): AsyncIterable<ListObjectsV2CommandOutput> {
  const full = toBucketKey(bucket.address, prefix);
  let token: string | undefined;
  do {
    const command = new ListObjectsV2Command({
      Bucket: bucket.address.bucket,
      Prefix: full,
      ...(delimiter && { Delimiter: delimiter }),
      ...(token !== undefined && { ContinuationToken: token }),
    });
    const page = await bucket.ask('list', full, () => bucket.client.send(command));
    yield page;
    const next = page.IsTruncated ? page.NextContinuationToken : undefined;
    if (next !== undefined && next === token)
      throw new PortalError(`${toName(bucket.address)} lists the same page again and again.`, {
        hint: 'The store does not keep to version 2 of the listing of S3; publish to another one, or to a folder.',
      });
    token = next;
  } while (token !== undefined);
}

/** Every file whose key begins so; what could not be a file of ours (a folder's marker) is left out. */
export async function* listFiles(bucket: Bucket, prefix: string): AsyncIterable<ListedFile> {
  for await (const { Contents = [] } of listPages(bucket, prefix))
    for (const { Key = '', ETag, Size = 0 } of Contents) {
      const key = findOwnKey(bucket.address, Key);
      if (key === undefined || !isStoreKey(key)) continue;
      const tag = toTag(ETag);
      const md5 = findMd5(tag);
      yield { key, tag, bytes: Size, ...(md5 !== undefined && { md5 }) };
    }
}

/** The names of the folders right below a folder. */
export async function listFolders(bucket: Bucket, folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { CommonPrefixes = [] } of listPages(bucket, folder, '/'))
    for (const { Prefix = '' } of CommonPrefixes) {
      const name = findOwnKey(bucket.address, Prefix)?.slice(folder.length).replace(/\/$/, '');
      if (name !== undefined && isStoreKey(name)) names.push(name);
    }
  return names;
}

/** Removes files, a thousand in a request; one by one at Google, whose answer to many is another. */
export async function removeFiles(bucket: Bucket, keys: readonly string[]): Promise<void> {
  const full = keys.map((key) => toFullKey(bucket, key));
  if (bucket.isGoogle) return removeSingly(bucket, full);
  for (let from = 0; from < full.length; from += perRequest)
    await removeMany(bucket, full.slice(from, from + perRequest));
}

async function removeMany(bucket: Bucket, keys: readonly string[]): Promise<void> {
  await bucket.ask('remove', keys[0] ?? '', async () => {
    const { Errors = [] } = await bucket.client.send(createRemoval(bucket.address.bucket, keys));
    const [failed] = Errors.filter(({ Code }) => Code !== 'NoSuchKey');
    if (failed)
      throw Object.assign(new Error('A file could not be removed.'), { name: failed.Code ?? 'InternalError' });
  });
}

async function removeSingly(bucket: Bucket, keys: readonly string[]): Promise<void> {
  const left = keys.values();
  const work = async () => {
    for (const key of left)
      await bucket.ask('remove', key, async () => {
        await bucket.client
          .send(new DeleteObjectCommand({ Bucket: bucket.address.bucket, Key: key }))
          .catch((error: unknown) => {
            if (!isAbsence(error)) throw error;
          });
      });
  };
  await Promise.all(Array.from({ length: Math.min(bucket.parallel, keys.length) }, work));
}
