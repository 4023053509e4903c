import { once } from 'node:events';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { S3StoreOptions } from '../../scripts/io/stores/s3/bucket.ts';
import { GoogleSigner } from '../../scripts/io/stores/s3/google.ts';
import { openS3Store } from '../../scripts/io/stores/s3.ts';
import { createCertificate } from '../live/certificate.ts';
import { type MadeUpS3, madeUpCredentials, type S3Fault, type S3ServerOptions, startMadeUpS3 } from './s3-server.ts';
import { describeStore, listAll, toFile } from './store-contract.ts';

const started: MadeUpS3[] = [];
async function start(options?: S3ServerOptions): Promise<MadeUpS3> {
  const server = await startMadeUpS3(options);
  started.push(server);
  return server;
}
afterAll(async () => {
  for (const server of started) await server.stop();
});

const open = ({ url }: Pick<MadeUpS3, 'url'>, options: Partial<S3StoreOptions> = {}, prefix = '/portal') =>
  openS3Store(`s3://portal-site${prefix}`, {
    endpoint: url,
    credentials: madeUpCredentials,
    environment: {},
    pause: () => 0,
    ...options,
  });

describeStore('a bucket', async () => open(await start(), {}, ''));
describeStore('a prefix of a bucket of Ceph', async () => open(await start({ tags: 'bare' })), { many: 50 });
describeStore('a bucket with tags as in RFC 9110', async () => open(await start({ tags: 'quoted' })), { many: 5 });
describeStore('a bucket of Google', async () => open(await start({ isGoogle: true }), { isGoogle: true }), {
  many: 50,
});

describe('a bucket', () => {
  let server: MadeUpS3;
  beforeAll(async () => {
    server = await start({ page: 3 });
  });
  afterEach(() => {
    server.fail(() => undefined);
    server.files.clear();
    server.asked.length = 0;
  });

  /** The same fault for the first requests, then none. */
  const failFirst = (times: number, fault: S3Fault) => {
    let left = times;
    server.fail(() => {
      left -= 1;
      return left >= 0 ? fault : undefined;
    });
  };
  const put = (key = 'index.html', text = 'hello') => open(server).putFile(toFile(key, text));
  const failure = async (asking: Promise<unknown>): Promise<string> => {
    const error = await asking.then(
      () => new Error('it went well'),
      (thrown: unknown) => thrown,
    );
    expect(error).toHaveProperty('hint');
    return error instanceof Error && 'hint' in error ? `${error.message}\n${error.hint}` : '';
  };

  test('keeps what a browser must be told', async () => {
    await open(server).putFile(
      toFile('page.html', 'x', {
        type: 'text/html; charset=utf-8',
        cacheControl: 'public, max-age=60',
        encoding: 'gzip',
      }),
    );
    expect(server.files.get('portal/page.html')?.headers).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, max-age=60',
      'content-encoding': 'gzip',
    });
  });

  test('lists below its prefix only, page by page, and leaves out what is no file of a site', async () => {
    const store = open(server);
    for (const key of ['a.html', 'b/c.html', 'd.html', 'e.html', 'f.html']) await store.putFile(toFile(key, key));
    const [kept] = server.files.values();
    for (const key of ['portal/', 'portal/folder/', 'portal/a//b', 'portal/../x', 'portal-other/x', 'x'])
      if (kept) server.files.set(key, kept);
    expect((await listAll(store)).map(({ key }) => key)).toEqual(['a.html', 'b/c.html', 'd.html', 'e.html', 'f.html']);
    expect((await store.listFolders('')).toSorted()).toEqual(['a', 'b', 'folder']);
  });

  test('a tag that cannot be an MD5 is none', async () => {
    await put();
    const [kept] = server.files.values();
    if (kept) kept.etag = '9b2cf535f27731c974343645a3985328-7';
    expect(await listAll(open(server))).toEqual([
      { key: 'index.html', tag: '9b2cf535f27731c974343645a3985328-7', bytes: 5 },
    ]);
  });

  test('a part behind the end is empty', async () => {
    await put();
    expect((await open(server).fetchFile('index.html', { from: 90, bytes: 5 }))?.bytes.length).toBe(0);
  });

  test('a store that lists the same page again is left', async () => {
    const body =
      '<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>x</NextContinuationToken></ListBucketResult>';
    server.fail(() => ({ kind: 'answer', status: 200, body, headers: { 'content-type': 'application/xml' } }));
    expect(await failure(listAll(open(server)))).toContain('again and again');
  });

  test.each<[string, S3Fault]>([
    ['503 SlowDown', { kind: 'answer', status: 503, code: 'SlowDown' }],
    ['500', { kind: 'answer', status: 500, code: 'InternalError' }],
    ['429 from something before it', { kind: 'answer', status: 429, body: '<html>' }],
    ['a cut connection', { kind: 'reset' }],
    ['silence', { kind: 'silence' }],
    ['a cut connection after the write', { kind: 'reset after' }],
  ])('goes on after %s', async (_, fault) => {
    failFirst(2, fault);
    const store = open(server, { silence: 60 });
    expect(await store.putFile(toFile('a.txt', 'text'))).not.toBe('refused');
    expect(server.asked.filter(({ method }) => method === 'PUT')).toHaveLength(3);
    expect(server.files.get('portal/a.txt')?.bytes.toString()).toBe('text');
  });

  test('asks again for an answer that broke off', async () => {
    await put('a.txt', 'some text');
    failFirst(2, { kind: 'half' });
    expect(Buffer.from((await open(server).fetchFile('a.txt'))?.bytes ?? []).toString()).toBe('some text');
  });

  test('a write whose answer was lost is not taken for the one of somebody else', async () => {
    failFirst(1, { kind: 'reset after' });
    expect(await open(server).putFile(toFile('claim.json', 'mine'), { kind: 'absent' })).not.toBe('refused');
    failFirst(1, { kind: 'reset' });
    expect(await open(server).putFile(toFile('claim.json', 'other'), { kind: 'absent' })).toBe('refused');
    expect(server.files.get('portal/claim.json')?.bytes.toString()).toBe('mine');
  });

  test('a write ends before the claim that allows it', async () => {
    server.fail(() => ({ kind: 'silence' }));
    const store = open(server, { silence: 10_000, longestWrite: 60 });
    expect(await failure(store.putFile(toFile('a.txt', 'x')))).toContain('did not answer in time');
    expect(server.asked).toHaveLength(1);
  });

  test('another write in between is a refusal', async () => {
    server.fail(() => ({ kind: 'answer', status: 409, code: 'ConditionalRequestConflict' }));
    expect(await open(server).putFile(toFile('claim.json', 'x'), { kind: 'absent' })).toBe('refused');
  });

  test.each<[string, S3Fault, string[]]>([
    [
      'a secret that is wrong',
      { kind: 'answer', status: 403, code: 'SignatureDoesNotMatch' },
      ['AWS_SECRET_ACCESS_KEY'],
    ],
    ['an unknown key', { kind: 'answer', status: 403, code: 'InvalidAccessKeyId' }, ['AWS_ACCESS_KEY_ID']],
    ['an expired token', { kind: 'answer', status: 400, code: 'ExpiredToken' }, ['no longer valid']],
    [
      'what is not allowed',
      { kind: 'answer', status: 403, code: 'AccessDenied' },
      ['does not allow to write portal/a.txt', 's3:PutObject on arn:aws:s3:::portal-site/portal/*'],
    ],
    ['a refusal of something before it', { kind: 'answer', status: 403, body: '<html>no</html>' }, ['s3:PutObject']],
    ['no bucket', { kind: 'answer', status: 404, code: 'NoSuchBucket' }, ['There is no bucket portal-site at http']],
    [
      'another region',
      { kind: 'answer', status: 301, code: 'PermanentRedirect', headers: { 'x-amz-bucket-region': 'eu-west-3' } },
      ['in the region eu-west-3', 'AWS_REGION=eu-west-3'],
    ],
    ['a clock that is wrong', { kind: 'answer', status: 403, code: 'RequestTimeTooSkewed' }, ['clock']],
    [
      'a store that stays busy',
      { kind: 'answer', status: 503, code: 'SlowDown' },
      ['503 (SlowDown) to each of 6 attempts'],
    ],
    ['silence that stays', { kind: 'silence' }, ['did not answer in time']],
    ['connections that are always cut', { kind: 'reset' }, ['did not answer in time']],
    [
      'a store without conditions',
      { kind: 'answer', status: 501, code: 'NotImplemented' },
      ['If-None-Match', 'to a folder'],
    ],
    ['no room', { kind: 'answer', status: 403, code: 'QuotaExceeded' }, ['no room']],
    [
      'a page in place of a store',
      { kind: 'answer', status: 404, body: '<html>Not found</html>' },
      ['not answer as S3'],
    ],
    [
      'a way elsewhere',
      { kind: 'answer', status: 302, headers: { location: 'http://169.254.169.254/' } },
      ['not answer as S3'],
    ],
  ])('says what to do about %s, and no secret', async (_, fault, words) => {
    server.fail(() => fault);
    const said = await failure(open(server, { silence: 60 }).putFile(toFile('a.txt', 'x'), { kind: 'absent' }));
    for (const word of words) expect(said).toContain(word);
    for (const secret of Object.values(madeUpCredentials)) expect(said).not.toContain(secret);
  });

  test.each<[string, (store: ReturnType<typeof open>) => Promise<unknown>, string]>([
    [
      'read',
      (store) => store.fetchFile('a.txt'),
      'Allow s3:GetObject on arn:aws:s3:::portal-site/portal/* to whoever publishes. Allow s3:ListBucket',
    ],
    ['list', (store) => listAll(store), 'Allow s3:ListBucket on arn:aws:s3:::portal-site to'],
    ['remove', (store) => store.removeFiles(['a.txt']), 'Allow s3:DeleteObject on arn:aws:s3:::portal-site/portal/*'],
  ])('names what is needed to %s', async (_, ask, words) => {
    server.fail(() => ({ kind: 'answer', status: 403, code: 'AccessDenied' }));
    expect(await failure(ask(open(server)))).toContain(words);
  });

  test('a file that may not be removed is not passed over', async () => {
    const body = '<DeleteResult><Error><Key>portal/a.txt</Key><Code>AccessDenied</Code></Error></DeleteResult>';
    server.fail(() => ({ kind: 'answer', status: 200, body, headers: { 'content-type': 'application/xml' } }));
    expect(await failure(open(server).removeFiles(['a.txt']))).toContain('s3:DeleteObject');
  });

  test('says when nobody is there', async () => {
    expect(await failure(open({ url: 'http://127.0.0.1:1' }).fetchFile('a.txt'))).toContain('cannot be reached');
  });

  test('says when a certificate is not trusted, and does not go on', async () => {
    const secure = createServer(createCertificate('storage'), () => {}).listen(0, '127.0.0.1');
    await once(secure, 'listening');
    const address = secure.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const said = await failure(open({ url: `https://127.0.0.1:${port}` }).fetchFile('a.txt'));
    secure.close();
    expect(said).toContain(`The certificate of https://127.0.0.1:${port} is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)`);
  });

  test('says when there are no credentials', async () => {
    const nowhere = join(tmpdir(), 'portolan-no-such-file');
    const environment = { AWS_SHARED_CREDENTIALS_FILE: nowhere, AWS_CONFIG_FILE: nowhere };
    for (const [name, value] of Object.entries({ ...environment, AWS_EC2_METADATA_DISABLED: 'true' }))
      vi.stubEnv(name, value);
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_PROFILE', 'AWS_WEB_IDENTITY_TOKEN_FILE']) vi.stubEnv(name, undefined);
    const store = openS3Store('s3://portal-site', { endpoint: server.url, environment: {}, pause: () => 0 });
    expect(await failure(store.fetchFile('a.txt'))).toContain('There are no credentials for s3://portal-site.');
    vi.unstubAllEnvs();
  });

  test('a broken answer is not asked for without end', async () => {
    await put('a.txt', 'some text');
    server.asked.length = 0;
    server.fail(() => ({ kind: 'half' }));
    expect(await failure(open(server).fetchFile('a.txt'))).toContain('did not answer in time');
    expect(server.asked).toHaveLength(6);
  });

  test.each(['../x', 'a/../../x', '/x', 'a//x', 'x\\y', ''])('no key leads out of the prefix: %j', async (key) => {
    const store = open(server);
    await failure(store.putFile(toFile(key, 'x')));
    await failure(store.fetchFile(key));
    await failure(store.removeFiles(['fine.txt', key]));
    expect(server.asked).toEqual([]);
  });
});

describe('the address of a bucket', () => {
  test.each([
    ['s3://portal-site', 's3://portal-site'],
    ['s3://portal-site/', 's3://portal-site'],
    ['s3://portal-site/a/b/', 's3://portal-site/a/b'],
    ['S3://portal.site/a b', 's3://portal.site/a b'],
  ])('%s is %s', (text, name) => {
    expect(openS3Store(text, { environment: { AWS_REGION: 'eu-west-1' } }).name).toBe(name);
  });

  test.each([
    's3://',
    's3:///a',
    's3://a',
    's3://bucket//a',
    's3://bucket/../a',
    's3://bucket/a//b',
    's3://b/c?x',
    'gs://bucket',
  ])('%s is none', (text) => {
    expect(() => openS3Store(text, { environment: {} })).toThrow(/no address of a bucket/);
  });

  test('neither an address nor an endpoint with a secret is repeated', () => {
    expect(() => openS3Store('s3://key:hunter2@bucket/x', { environment: {} })).toThrow(/^The address is no address/);
    const environment = { AWS_ENDPOINT_URL: 'https://key:hunter2@storage.example.com' };
    expect(() => openS3Store('s3://bucket', { environment })).toThrow(/^(?!.*hunter2)/);
  });
});

// The example of a signer by others: lua-resty-gcs-signature, t/basic.t.
test('signs as Google asks for it', async () => {
  const signer = new GoogleSigner({ credentials: { accessKeyId: 'XXXXX', secretAccessKey: 'YYYYY' } });
  const request = {
    method: 'GET',
    protocol: 'https:',
    hostname: 'example.com',
    path: '/foo/bar',
    headers: { 'x-amz-user-agent': 'x' },
    body: new ReadableStream(),
  };
  const { headers } = await signer.sign(request, { signingDate: new Date(1_732_156_539_000) });
  expect(headers).toEqual({
    host: 'example.com',
    'x-goog-date': '20241121T023539Z',
    'x-goog-content-sha256': 'UNSIGNED-PAYLOAD',
    authorization:
      'GOOG4-HMAC-SHA256 Credential=XXXXX/20241121/auto/storage/goog4_request,SignedHeaders=host;x-goog-content-sha256;x-goog-date,Signature=528346f587a0b46433f92d583f3148b88a5117bf26131f328553789feb433028',
  });
});
