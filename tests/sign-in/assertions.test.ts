import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { loadProxySettings, openLive } from '../../scripts/commands/live.ts';
import { listen } from '../../scripts/io/listen.ts';
import { createProxyServer } from '../../src/proxy/io/serve.ts';
import { noon, sampleCatalog } from '../../src/proxy/proxy.sample.ts';
import {
  createSigner,
  type KeyServer,
  startKeyServer,
  toJwk,
  toPem,
  toSharedSecretAssertion,
  toUnsignedAssertion,
} from './assertion-issuer.ts';
import { type Front, fronts } from './fronts.ts';

const seconds = noon / 1000;
const stranger = { RS256: createSigner('RS256', 'stranger'), ES256: createSigner('ES256', 'stranger') };

type Headers = readonly (readonly [string, string])[];
type Answer = { status: number; text: string };
type Started = { ask: (headers: Headers) => Promise<Answer>; keys: KeyServer; stop: () => Promise<void> };

/** Asks who one is, with headers exactly as they are given, twice the same one too. */
function askMe(port: number, headers: Headers): Promise<Answer> {
  return new Promise((done, fail) => {
    const sent = [['host', 'portal.example'], ...headers].flat();
    request({ port, host: '127.0.0.1', path: '/api/me', headers: sent, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => done({ status: answer.statusCode ?? 0, text }));
    })
      .on('error', fail)
      .end();
  });
}

/** Starts a proxy behind a front, by a configuration as an operator writes it. */
async function startBehind(front: Front, now = () => noon): Promise<Started> {
  const root = mkdtempSync(join(tmpdir(), 'portolan-assertions-'));
  const keys = await startKeyServer([front.signer]);
  writeFileSync(
    join(root, 'app-config.yaml'),
    stringify({ portal: { proxy: { identity: front.toSettings(keys.url) } } }),
  );
  writeFileSync(join(root, 'catalog.json'), JSON.stringify(sampleCatalog));
  const { settings, problems } = loadProxySettings({}, root, {});
  expect(problems).toEqual([]);
  const catalog = { file: join(root, 'catalog.json') };
  const live = openLive({ settings, catalog, base: '/', version: 'test', perMinute: 1e6, now, isQuiet: true });
  await live.ready;
  const server = createProxyServer(live.listener);
  const port = await listen(server, 0);
  return {
    keys,
    ask: (headers) => askMe(port, headers),
    stop: async () => {
      live.stop();
      server.close();
      await keys.stop();
      rmSync(root, { recursive: true });
    },
  };
}

const ada = {
  status: 200,
  text: JSON.stringify({
    user: { ref: 'user:default/ada', title: 'Ada', groups: ['group:default/checkout-team', 'group:default/commerce'] },
  }),
};

type Change = { header?: object; claims?: object };
type Forge = (front: Front, keys: KeyServer) => string;

const toHeader = ({ header, signer: { alg, kid } }: Front, change: object = {}) => ({ ...header, alg, kid, ...change });
const toClaims = ({ toClaims: write }: Front, change: object = {}) => ({
  ...write('ada@acme.example', seconds),
  ...change,
});
const write = (front: Front, { header, claims }: Change = {}, signer = front.signer) =>
  front.write(toHeader(front, header), toClaims(front, claims), signer);
const changed =
  (change: Change): Forge =>
  (front) =>
    write(front, change);
const byStranger =
  (toHead: (front: Front, keys: KeyServer) => object): Forge =>
  (front, keys) =>
    write(front, { header: toHead(front, keys) }, stranger[front.signer.alg]);
const withSecret =
  (toSecret: (front: Front) => string | Buffer): Forge =>
  (front) =>
    toSharedSecretAssertion(toHeader(front, { alg: 'HS256' }), toClaims(front), toSecret(front));
const unsigned =
  (alg: string): Forge =>
  (front) =>
    toUnsignedAssertion(toHeader(front, { alg }), toClaims(front));

/** Assertions that somebody made who has no key of the issuer, or took from elsewhere. */
const forgeries: Readonly<Record<string, Forge>> = {
  'with alg none': unsigned('none'),
  'with alg NONE': unsigned('NONE'),
  'with alg nothing': unsigned(''),
  'that says its algorithm and is not signed': (front) => unsigned(front.signer.alg)(front, {} as KeyServer),
  'that is HS256 with the public key in PEM': withSecret((front) => toPem(front.signer)),
  'that is HS256 with the public key in PEM without its end of line': withSecret((front) => toPem(front.signer).trim()),
  'that is HS256 with the public key in DER': withSecret(({ signer }) =>
    signer.publicKey.export({ type: 'spki', format: 'der' }),
  ),
  'that is HS256 with the public key as listed': withSecret((front) => JSON.stringify(toJwk(front.signer))),
  'that is HS256 with nothing': withSecret(() => ''),
  'of another issuer': changed({ claims: { iss: 'https://id.acme.evil' } }),
  'of an issuer that begins alike': (front) => write(front, { claims: { iss: `${toClaims(front).iss}.evil.example` } }),
  'of no issuer': changed({ claims: { iss: undefined } }),
  'of several issuers': (front) => write(front, { claims: { iss: [toClaims(front).iss] } }),
  'that is over': changed({ claims: { exp: seconds - 61 } }),
  'that is over, written as text': changed({ claims: { exp: String(seconds + 600) } }),
  'that is never over': changed({ claims: { exp: undefined } }),
  'that does not hold yet': changed({ claims: { nbf: seconds + 61 } }),
  'that was made tomorrow': changed({ claims: { iat: seconds + 3_600, exp: seconds + 7_200 } }),
  'with a key that the issuer does not have': changed({ header: { kid: 'unknown' } }),
  'with a key that leads elsewhere': changed({ header: { kid: '../../latest/meta-data' } }),
  'that a stranger signed under the name of the key': byStranger(() => ({})),
  'that a stranger signed under their own name': byStranger(() => ({ kid: 'stranger' })),
  'that a stranger signed and brings the key for': byStranger(({ signer: { alg } }) => ({
    jwk: toJwk(stranger[alg]),
  })),
  'that a stranger signed and says where the key lies': byStranger((_, { url }) => ({ jku: `${url}/evil/jwks` })),
  'that a stranger signed and says where the certificate lies': byStranger((_, { url }) => ({
    x5u: `${url}/evil/certificate`,
  })),
  'that a stranger signed and brings a certificate for': byStranger(({ signer: { alg } }) => ({
    x5c: [stranger[alg].publicKey.export({ type: 'spki', format: 'der' }).toString('base64')],
  })),
  'that wants to be understood in a way that is unknown': changed({ header: { crit: ['exp'], exp: 1 } }),
  'that wants an extension': changed({ header: { crit: ['urn:example:admin'], 'urn:example:admin': true } }),
  'whose content is not encoded': changed({ header: { crit: ['b64'], b64: false } }),
  'of another algorithm of the same issuer': (front) =>
    write(front, { header: { alg: front.signer.alg === 'RS256' ? 'PS256' : 'ES384' } }),
  'that is cut': (front) => write(front).slice(0, -4),
  'that is encrypted in form': (front) => `${write(front)}.e30.e30`,
};

for (const [name, front] of Object.entries(fronts)) {
  describe(`behind ${name}`, () => {
    let started: Started;
    beforeAll(async () => {
      started = await startBehind(front);
    });
    afterAll(() => started.stop());
    const headerName = String(front.toSettings('').header);
    const carry = (assertion: string): Headers => [[headerName, front.before + assertion]];

    test('someone who signed in is known', async () => {
      expect(await started.ask(carry(write(front)))).toEqual(ada);
    });

    test.each(Object.entries(forgeries))('an assertion %s is refused', async (_, forge) => {
      const { status, text } = await started.ask(carry(forge(front, started.keys)));
      expect([status, text]).toEqual([401, expect.stringContaining('"sign-in"')]);
    });

    test('no address that an assertion names was asked', () => {
      expect(started.keys.asked.filter((path) => /evil|latest|%2e|\.\./i.test(path))).toEqual([]);
    });

    test('what is said in plain words is not believed, alone or beside an assertion', async () => {
      const words = [
        ...['x-forwarded-user', 'x-forwarded-email', 'x-forwarded-preferred-username', 'x-forwarded-groups'],
        ...['x-auth-request-user', 'x-auth-request-email', 'x-auth-request-groups', 'x-auth-request-access-token'],
        ...['cf-access-authenticated-user-email', 'x-amzn-oidc-identity', 'x-goog-authenticated-user-email'],
        ...['remote-user', 'x-remote-user', 'x-user', 'from'],
      ].map((word) => [word, 'bob@acme.example'] as const);
      expect((await started.ask(words)).status).toBe(401);
      expect(await started.ask([...words, ...carry(write(front))])).toEqual(ada);
    });

    test('two assertions are none', async () => {
      const good = carry(write(front));
      const bob = carry(front.write(toHeader(front), front.toClaims('bob@acme.example', seconds), front.signer));
      const tries: Headers[] = [[...good, ...bob], carry(''), [...carry(''), ...good], [[headerName, '']]];
      for (const headers of tries) expect((await started.ask(headers)).status).toBe(401);
    });

    test('a cookie or a parameter is no assertion', async () => {
      expect((await started.ask([['cookie', `CF_Authorization=${write(front)}`]])).status).toBe(401);
    });

    test('an assertion that holds somewhere else does not hold here', async () => {
      for (const other of Object.values(fronts)) {
        if (other === front) continue;
        expect((await started.ask(carry(write(other)))).status).toBe(401);
      }
    });
  });
}

describe('whom an assertion is for', () => {
  const withAudience = Object.entries(fronts).filter(([name]) => name !== 'a load balancer of AWS');

  test.each(withAudience)(
    '%s: one for somebody else, for nobody, or in another spelling is refused',
    async (_, front) => {
      const { ask, stop } = await startBehind(front);
      const header = String(front.toSettings('').header);
      for (const aud of ['other', undefined, [], ['other'], '', {}]) {
        expect((await ask([[header, front.before + write(front, { claims: { aud } })]])).status).toBe(401);
      }
      await stop();
    },
  );

  test('a load balancer says in its header who signs, for which client; any other one of the region is refused', async () => {
    const front = fronts['a load balancer of AWS'];
    if (!front) throw new Error('There is no such front.');
    const { ask, keys, stop } = await startBehind(front);
    const other = 'arn:aws:elasticloadbalancing:eu-central-1:999988887777:loadbalancer/app/evil/50dc6c495c0c9188';
    const changes = [{ signer: other }, { signer: undefined }, { signer: [front.header.signer] }, { client: 'other' }];
    for (const header of [...changes, { client: undefined }])
      expect((await ask([['x-amzn-oidc-data', write(front, { header })]])).status).toBe(401);
    // Nor is the key asked for of one that says it is somebody else's.
    expect(keys.asked).toEqual([]);
    // What stands in the claims is no signer.
    const claims = { signer: front.header.signer, client: 'portal-client', aud: 'portal-client' };
    expect((await ask([['x-amzn-oidc-data', write(front, { header: { signer: other }, claims })]])).status).toBe(401);
    expect(await ask([['x-amzn-oidc-data', write(front)]])).toEqual(ada);
    expect(await ask([['x-amzn-oidc-data', write(front, { claims: { aud: 'anything' } })]])).toEqual(ada);
    expect(keys.asked).toEqual([`/pem/${front.signer.kid}`]);
    await stop();
  });
});

describe('keys that change', () => {
  afterEach(() => void vi.useRealTimers());

  test.each(Object.entries(fronts))(
    '%s: a new key is fetched, and one that is gone holds no longer',
    async (_, front) => {
      // The library that keeps lists of keys reads the clock itself.
      vi.useFakeTimers({ toFake: ['Date'], now: noon });
      const { ask, keys, stop } = await startBehind(front, Date.now);
      const header = String(front.toSettings('').header);
      const next = createSigner(front.signer.alg, 'next');
      const askAs = async (signer = front.signer) => {
        const claims = { exp: Date.now() / 1000 + 100, iat: Date.now() / 1000 };
        const head = { kid: signer.kid };
        return (await ask([[header, front.before + write(front, { header: head, claims }, signer)]])).status;
      };
      expect([await askAs(), await askAs(next)]).toEqual([200, 401]);
      keys.published = [next];
      vi.setSystemTime(noon + 601_000);
      expect([await askAs(next), await askAs()]).toEqual([200, 401]);
      await stop();
    },
  );

  test('whoever makes up ids of keys makes us ask for a few of them only', async () => {
    const front = fronts['a load balancer of AWS'];
    if (!front) throw new Error('There is no such front.');
    let now = noon;
    const { ask, keys, stop } = await startBehind(front, () => now);
    const askAs = async (kid: string) => (await ask([['x-amzn-oidc-data', write(front, { header: { kid } })]])).status;
    expect(await askAs(front.signer.kid)).toBe(200);
    const made = [];
    for (let at = 0; at < 20; at += 1) made.push(await askAs(`made-up-${at}`));
    expect([made.slice(0, 9), made.slice(9)]).toEqual([Array(9).fill(401), Array(11).fill(503)]);
    expect(keys.asked.length).toBe(10);
    // Who is known already is not touched by it.
    expect(await askAs(front.signer.kid)).toBe(200);
    now += 31_000;
    expect(await askAs('made-up-later')).toBe(401);
    await stop();
  });
});
