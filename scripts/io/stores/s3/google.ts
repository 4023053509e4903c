import { createHash, createHmac } from 'node:crypto';
import type { S3ClientConfig } from '@aws-sdk/client-s3';

type SignerOptions = ConstructorParameters<NonNullable<S3ClientConfig['signerConstructor']>>[0];
type Signer = InstanceType<NonNullable<S3ClientConfig['signerConstructor']>>;
type SignedRequest = Parameters<Signer['sign']>[0];

const toHash = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');
const toKeyed = (key: string | Uint8Array, text: string) => createHmac('sha256', key).update(text).digest();
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

/** Whether an endpoint is Google Cloud Storage. */
export const isGoogleEndpoint = (endpoint: string | undefined): boolean =>
  endpoint !== undefined && /^https:\/\/([^/@]+\.)?storage\.googleapis\.com(:443)?(\/|$)/i.test(endpoint);

/** Headers in Google's words; a request that has Amazon's too is refused, and what only Amazon reads is left out. */
function toGoogleHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const renamed = Object.entries(headers)
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    .filter(([name]) => !/^(x-amz-user-agent|x-amz-checksum-.*|x-amz-sdk-.*|amz-sdk-.*)$/.test(name))
    .map(([name, value]): [string, string] => [name.replace(/^x-amz-/, 'x-goog-'), value]);
  return Object.fromEntries(renamed);
}

/** A query as it is signed: sorted, every sign but the plainest escaped. */
function toCanonicalQuery(query: SignedRequest['query']): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value ?? '']).map((one) => `${encode(name)}=${encode(one)}`),
  );
  return pairs.toSorted().join('&');
}

const isSigned = (name: string) => /^(host|content-md5|content-type)$|^x-goog-/.test(name);

/** What is signed of a request, as Google writes it: https://cloud.google.com/storage/docs/authentication/canonical-requests */
function toCanonical({ method, path, query }: SignedRequest, headers: Record<string, string>, payload: string) {
  const names = Object.keys(headers).filter(isSigned).toSorted();
  const lines = names.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`);
  const list = names.join(';');
  return { list, text: [method, path, toCanonicalQuery(query), lines.join(''), list, payload].join('\n') };
}

/**
 * Signs requests with Google's HMAC keys, in Google's words, because conditions exist only in those and the two kinds
 * of headers cannot be mixed: https://cloud.google.com/storage/docs/authentication/signatures
 */
export class GoogleSigner implements Signer {
  readonly #credentials: SignerOptions['credentials'];

  constructor({ credentials }: Pick<SignerOptions, 'credentials'>) {
    this.#credentials = credentials;
  }

  async sign<Request extends SignedRequest>(request: Request, options?: { signingDate?: Date | number | string }) {
    const keys = typeof this.#credentials === 'function' ? await this.#credentials() : this.#credentials;
    const time = new Date(options?.signingDate ?? Date.now()).toISOString().replace(/[-:]|\.\d+/g, '');
    const { body } = request;
    const payload =
      body === undefined || typeof body === 'string' || body instanceof Uint8Array
        ? toHash(body ?? '')
        : 'UNSIGNED-PAYLOAD';
    const headers = {
      ...toGoogleHeaders(request.headers),
      host: request.headers.host ?? `${request.hostname}${request.port === undefined ? '' : `:${request.port}`}`,
      'x-goog-date': time,
      'x-goog-content-sha256': payload,
    };
    const scope = `${time.slice(0, 8)}/auto/storage/goog4_request`;
    const { list, text } = toCanonical(request, headers, payload);
    const key = scope.split('/').reduce<string | Uint8Array>(toKeyed, `GOOG4${keys.secretAccessKey}`);
    const signature = toKeyed(key, ['GOOG4-HMAC-SHA256', time, scope, toHash(text)].join('\n')).toString('hex');
    const authorization = `GOOG4-HMAC-SHA256 Credential=${keys.accessKeyId}/${scope},SignedHeaders=${list},Signature=${signature}`;
    return { ...request, headers: { ...headers, authorization } };
  }
}
