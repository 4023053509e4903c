import { createHash } from 'node:crypto';
import { DeleteObjectsCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { GoogleSigner } from './google.ts';

/** How long to wait before a request is made again, in milliseconds; `attempt` counts from 1. */
export type Pause = (attempt: number, isThrottled: boolean) => number;

export type S3ClientOptions = {
  /** Where the store answers; Amazon's own address when it is not said. */
  endpoint?: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
  /** Google takes the language of S3, but conditions and what goes with them in words of its own. */
  isGoogle: boolean;
  /** How many requests run at once. */
  parallel: number;
  pause?: Pause;
  /** After how many milliseconds without a byte a request is given up. */
  silence?: number;
};

type RetryStrategy = Extract<
  NonNullable<S3ClientConfig['retryStrategy']>,
  { acquireInitialRetryToken: (scope: string) => unknown }
>;

/** How often a request is made before it counts as failed. */
export const mostAttempts = 6;
const longestPause = 20_000;

/** Waits twice as long each time, and longer where the store asked for it, spread so that requests do not come back together. */
export const toSpreadPause: Pause = (attempt, isThrottled) =>
  Math.min(longestPause, (isThrottled ? 500 : 150) * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);

/** Makes failed requests again, each a bounded number of times; one that is bad stays bad, and is not. */
function createRetryStrategy(pause: Pause): RetryStrategy {
  const toToken = (count: number, delay: number) => ({ getRetryCount: () => count, getRetryDelay: () => delay });
  return {
    acquireInitialRetryToken: async () => toToken(0, 0),
    refreshRetryTokenForRetry: async (token, { errorType, retryAfterHint }) => {
      const count = token.getRetryCount() + 1;
      if (errorType === 'CLIENT_ERROR' || count >= mostAttempts) throw new Error('Not again.');
      const asked = retryAfterHint === undefined ? 0 : Math.min(longestPause, retryAfterHint.getTime() - Date.now());
      return toToken(count, Math.max(asked, pause(count, errorType === 'THROTTLING')));
    },
    recordSuccess: () => {},
  };
}

/** Where requests go, and whose words they are in. */
function toPlace({ endpoint, region, credentials, isGoogle }: S3ClientOptions): S3ClientConfig {
  // Stores of other makers rarely have names for buckets, and take any region.
  const fallback = isGoogle ? 'auto' : 'us-east-1';
  const own = endpoint === undefined ? region : (region ?? fallback);
  return {
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    ...(own !== undefined && { region: own }),
    ...(credentials && { credentials }),
    ...(isGoogle && { signerConstructor: GoogleSigner }),
  };
}

/** Creates a client that gives up on a store that says nothing, and holds as many connections as it has requests. */
export function createS3Client(options: S3ClientOptions): S3Client {
  const { pause = toSpreadPause, silence = 30_000, parallel } = options;
  const agent = { keepAlive: true, maxSockets: parallel };
  const client = new S3Client({
    ...toPlace(options),
    // Checksums in trailers are answered with 411 or 501 by stores of other makers; MD5 is known to all.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    expectContinueHeader: false,
    retryStrategy: createRetryStrategy(pause),
    requestHandler: {
      connectionTimeout: Math.min(5_000, silence),
      socketTimeout: silence,
      // However slowly it goes: nothing that is published takes so long.
      requestTimeout: 20 * silence,
      throwOnRequestTimeout: true,
      httpAgent: agent,
      httpsAgent: agent,
      socketAcquisitionWarningTimeout: 10 * silence,
    },
  });
  return client;
}

/** Asks to remove up to a thousand keys, with the MD5 that older stores ask for. */
export function createRemoval(bucket: string, keys: readonly string[]): DeleteObjectsCommand {
  const command = new DeleteObjectsCommand({
    Bucket: bucket,
    Delete: { Quiet: true, Objects: keys.map((Key) => ({ Key })) },
  });
  command.middlewareStack.add(
    (next) => (args) => {
      const { body, headers } = toPlainRequest(args.request);
      if (typeof body === 'string') headers['content-md5'] = createHash('md5').update(body).digest('base64');
      return next(args);
    },
    { step: 'build', name: 'md5OfRemoval' },
  );
  return command;
}

type PlainRequest = { body?: unknown; headers: Record<string, string> };

/** The part of the library's request that is ours to change. */
export function toPlainRequest(request: unknown): PlainRequest {
  return request as PlainRequest;
}
