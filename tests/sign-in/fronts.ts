import { createSigner, type Signer, toAssertion } from './assertion-issuer.ts';

type Claims = Readonly<Record<string, unknown>>;

/** What signs people in before the portal, as its makers document it. */
export type Front = {
  /** `portal.proxy.identity`, with keys at an address. */
  toSettings: (keys: string) => Record<string, string | readonly string[]>;
  signer: Signer;
  /** The header of an assertion of someone, beside its algorithm and key. */
  header: Claims;
  toClaims: (email: string, seconds: number) => Claims;
  write: typeof toAssertion;
  /** What stands before the assertion in its header. */
  before: string;
};

const writePlain: typeof toAssertion = (header, claims, signer) => toAssertion(header, claims, signer);
const arn = 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/portal/50dc6c495c0c9188';

/** Each kind of front whose assertions are known. */
export const fronts: Readonly<Record<string, Front>> = {
  // https://developers.cloudflare.com/cloudflare-one/identity/authorization-cookie/application-token/
  'Cloudflare Access': {
    toSettings: (keys) => ({
      header: 'Cf-Access-Jwt-Assertion',
      issuer: 'https://acme.cloudflareaccess.com',
      audience: 'f74d1fb2d3b5c5f3bb1e7f7dfd7e2f63',
      jwksUrl: `${keys}/cdn-cgi/access/certs`,
    }),
    signer: createSigner('RS256', 'cf-1'),
    header: { typ: 'JWT' },
    toClaims: (email, seconds) => ({
      aud: ['f74d1fb2d3b5c5f3bb1e7f7dfd7e2f63'],
      email,
      exp: seconds + 86_400,
      iat: seconds - 5,
      nbf: seconds - 5,
      iss: 'https://acme.cloudflareaccess.com',
      type: 'app',
      identity_nonce: '6ei69kawdKzMIAPF',
      sub: '7335d417-61da-459d-899c-0a01c76a2f94',
      country: 'DE',
    }),
    write: writePlain,
    before: '',
  },
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
  'a load balancer of AWS': {
    toSettings: (keys) => ({
      header: 'x-amzn-oidc-data',
      issuer: 'https://id.acme.io',
      audience: 'portal-client',
      pemUrl: `${keys}/pem/`,
      signer: arn,
      algorithms: ['ES256'],
    }),
    signer: createSigner('ES256', '3f0a5b0e-8d4b-4f8b-9f1e-0f6a2b7c9d10'),
    header: { typ: 'JWT', signer: arn, iss: 'https://id.acme.io', client: 'portal-client' },
    toClaims: (email, seconds) => ({ sub: '248289761001', email, exp: seconds + 120, iss: 'https://id.acme.io' }),
    write: (header, claims, signer) => toAssertion(header, claims, signer, 'padded'),
    before: '',
  },
  // https://oauth2-proxy.github.io/oauth2-proxy/configuration/overview, with `--set-authorization-header`
  'oauth2-proxy': {
    toSettings: (keys) => ({
      header: 'Authorization',
      issuer: 'https://id.acme.io/realms/acme',
      audience: 'portal',
      jwksUrl: `${keys}/realms/acme/protocol/openid-connect/certs`,
    }),
    signer: createSigner('RS256', 'kc-1'),
    header: { typ: 'JWT' },
    toClaims: (email, seconds) => ({
      iss: 'https://id.acme.io/realms/acme',
      aud: 'portal',
      azp: 'portal',
      sub: '4c9ad6b0-9f0e-4f1b-8a2a-6a1b0b2c3d4e',
      typ: 'ID',
      email,
      email_verified: true,
      exp: seconds + 300,
      iat: seconds,
    }),
    write: writePlain,
    before: 'Bearer ',
  },
  // https://cloud.google.com/iap/docs/signed-headers-howto
  'an Identity-Aware Proxy of Google': {
    toSettings: (keys) => ({
      header: 'x-goog-iap-jwt-assertion',
      issuer: 'https://cloud.google.com/iap',
      audience: '/projects/123456789012/global/backendServices/9876543210',
      jwksUrl: `${keys}/iap/verify/public_key-jwk`,
    }),
    signer: createSigner('ES256', 'iap-1'),
    header: { typ: 'JWT' },
    toClaims: (email, seconds) => ({
      iss: 'https://cloud.google.com/iap',
      aud: '/projects/123456789012/global/backendServices/9876543210',
      sub: 'accounts.google.com:116769461024921364401',
      email,
      hd: 'acme.io',
      exp: seconds + 600,
      iat: seconds,
    }),
    write: writePlain,
    before: '',
  },
};
