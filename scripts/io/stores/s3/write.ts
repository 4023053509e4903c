import { createHash } from 'node:crypto';
import { HeadObjectCommand, PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import type { StoredFile, WriteCondition } from '../../../ports.ts';
import { type Bucket, toFullKey, toTag } from './bucket.ts';
import { toPlainRequest } from './client.ts';
import { toFault } from './errors.ts';
import { fetchFile, isAbsence } from './read.ts';

type Written = { tag: string } | 'refused';

/** How a condition is said in a request: in fields of the library, or in headers that it does not know. */
type Terms = { fields?: Pick<PutObjectCommandInput, 'IfMatch' | 'IfNoneMatch'>; headers?: Record<string, string> };

/** Writes a file that the store checks by its MD5; `refused` where the condition does not hold. */
export async function putFile(bucket: Bucket, file: StoredFile, condition?: WriteCondition): Promise<Written> {
  const full = toFullKey(bucket, file.key);
  return bucket.ask('write', full, async () => {
    for (const terms of await listTerms(bucket, full, condition)) {
      const written = await write(bucket, full, file, terms);
      if (written !== 'refused') return written;
    }
    return 'refused';
  });
}

/** The ways in which a condition is said, to be tried in this order; none where it is known not to hold. */
async function listTerms(bucket: Bucket, full: string, condition: WriteCondition | undefined): Promise<Terms[]> {
  if (condition === undefined) return [{}];
  if (bucket.isGoogle) return listGoogleTerms(bucket, full, condition);
  if (condition.kind === 'absent') return [{ fields: { IfNoneMatch: '*' } }];
  // Ceph, and DigitalOcean with it, compares letter by letter with a tag that has no quotes (slatedb/slatedb#1818), and
  // Amazon's guide writes it so; who insists on RFC 9110 refuses that, and is asked again with quotes.
  return [{ fields: { IfMatch: condition.tag } }, { fields: { IfMatch: `"${condition.tag}"` } }];
}

/** Google knows files by generations, and 0 is none: https://cloud.google.com/storage/docs/request-preconditions */
async function listGoogleTerms(bucket: Bucket, full: string, condition: WriteCondition): Promise<Terms[]> {
  const generation = condition.kind === 'absent' ? '0' : await findGeneration(bucket, full, condition.tag);
  return generation === undefined ? [] : [{ headers: { 'x-goog-if-generation-match': generation } }];
}

/** The generation of the file that has a tag; undefined where another one is there by now. */
async function findGeneration({ client, address }: Bucket, full: string, tag: string): Promise<string | undefined> {
  const command = new HeadObjectCommand({ Bucket: address.bucket, Key: full });
  let generation: string | undefined;
  command.middlewareStack.add(
    (next) => async (args) => {
      const answered = await next(args);
      generation = toPlainRequest(answered.response).headers['x-goog-generation'];
      return answered;
    },
    { step: 'deserialize', name: 'generation', priority: 'low' },
  );
  try {
    const { ETag } = await client.send(command);
    return toTag(ETag) === tag ? generation : undefined;
  } catch (error) {
    // An answer to HEAD has no body that could say more.
    if (toFault(error).status === 404) return undefined;
    throw error;
  }
}

async function write(bucket: Bucket, full: string, file: StoredFile, { fields, headers }: Terms): Promise<Written> {
  const command = new PutObjectCommand({
    Bucket: bucket.address.bucket,
    Key: full,
    Body: file.bytes,
    ContentLength: file.bytes.length,
    ContentMD5: createHash('md5').update(file.bytes).digest('base64'),
    ContentType: file.type,
    CacheControl: file.cacheControl,
    ...(file.encoding && { ContentEncoding: file.encoding }),
    ...fields,
  });
  if (headers)
    command.middlewareStack.add(
      (next) => (args) => {
        Object.assign(toPlainRequest(args.request).headers, headers);
        return next(args);
      },
      { step: 'build', name: 'terms' },
    );
  try {
    // What is large takes longer: 256 bytes in a millisecond are a slow line.
    const abortSignal = AbortSignal.timeout(Math.ceil(bucket.longestWrite + file.bytes.length / 256));
    const { ETag } = await bucket.client.send(command, { abortSignal });
    return { tag: toTag(ETag) };
  } catch (error) {
    if (!isRefusal(error, fields ?? headers)) throw error;
    return (await findOwnWrite(bucket, file, error)) ?? 'refused';
  }
}

/** Whether a store says that a condition does not hold: 412, 409 where another write came between, 404 where nothing is. */
function isRefusal(error: unknown, terms: unknown): boolean {
  if (terms === undefined) return false;
  const { status, code } = toFault(error);
  return status === 412 || code === 'ConditionalRequestConflict' || isAbsence(error);
}

/** An attempt may have succeeded though its answer was lost; the next one is refused then, because of us. */
async function findOwnWrite(bucket: Bucket, { key, bytes }: StoredFile, error: unknown): Promise<Written | undefined> {
  if (toFault(error).attempts <= 1) return undefined;
  const there = await fetchFile(bucket, key);
  return there && Buffer.from(there.bytes).equals(bytes) ? { tag: there.tag } : undefined;
}
