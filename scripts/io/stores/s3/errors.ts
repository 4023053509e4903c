import { PortalError } from '../../../portal-error.ts';
import { mostAttempts } from './client.ts';

/** What was asked of the store, and where. */
export type S3Question = {
  operation: keyof typeof permissions;
  /** The key in the bucket, or the beginning of keys. */
  key: string;
  /** `s3://bucket/prefix`. */
  store: string;
  bucket: string;
  /** Where the store answers, without anything secret. */
  endpoint: string;
};

/** What a failed request is known by. */
type Fault = {
  code: string;
  status: number;
  /** How often it was asked. */
  attempts: number;
  region?: string;
  message: string;
  isSignIn: boolean;
};

/** What each question needs to be allowed. */
const permissions = {
  read: { permission: 's3:GetObject', isOfBucket: false },
  write: { permission: 's3:PutObject', isOfBucket: false },
  list: { permission: 's3:ListBucket', isOfBucket: true },
  remove: { permission: 's3:DeleteObject', isOfBucket: false },
} as const;

type Sentences = [message: string, hint: string];
type Say = (question: S3Question, fault: Fault) => Sentences;

const toPrefix = ({ store, bucket }: S3Question) => store.slice(`s3://${bucket}`.length);

const sayDenied: Say = (question, { isSignIn }) => {
  if (isSignIn)
    return [
      `The credentials for ${question.store} could not be had: the role does not let this run take it.`,
      'See to the trust policy of the role (sts:AssumeRoleWithWebIdentity) and to AWS_ROLE_ARN.',
    ];
  const { permission, isOfBucket } = permissions[question.operation];
  const resource = `arn:aws:s3:::${question.bucket}${isOfBucket ? '' : `${toPrefix(question)}/*`}`;
  const besides =
    question.operation === 'read'
      ? ` Allow s3:ListBucket on arn:aws:s3:::${question.bucket} too: without it, a file that is not there is answered like this.`
      : '';
  return [
    `${question.store} does not allow to ${question.operation} ${question.key === '' ? 'there' : question.key}.`,
    `Allow ${permission} on ${resource} to whoever publishes.${besides}`,
  ];
};

const sayNoCredentials: Say = ({ store }) => [
  `There are no credentials for ${store}.`,
  'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or let the workflow take a role (AWS_ROLE_ARN with a web identity token).',
];

const sayWrongKey: Say = ({ endpoint }) => [
  `${endpoint} does not know the access key.`,
  'Check AWS_ACCESS_KEY_ID, and that the key belongs to this store.',
];

const sayWrongSecret: Say = ({ endpoint }) => [
  `${endpoint} refused the signature: the secret does not belong to the access key.`,
  'Check AWS_SECRET_ACCESS_KEY. If it is right, something between here and there changes requests.',
];

const sayExpired: Say = ({ endpoint }) => [
  `The credentials for ${endpoint} are no longer valid.`,
  'Sign in again, or see to AWS_SESSION_TOKEN; a publish that was cut short goes on where it was.',
];

const sayNoBucket: Say = ({ bucket, endpoint }) => [
  `There is no bucket ${bucket} at ${endpoint}.`,
  'Create it, or correct the address; portolan does not create buckets.',
];

const sayWrongRegion: Say = ({ bucket }, { region }) => [
  region === undefined
    ? `The bucket ${bucket} is in another region.`
    : `The bucket ${bucket} is in the region ${region}, which is not the one that was asked.`,
  `Set ${region === undefined ? 'AWS_REGION' : `AWS_REGION=${region}`}, or use --region.`,
];

const sayNoRegion: Say = ({ bucket }) => [
  `It is not said which region the bucket ${bucket} is in.`,
  'Set AWS_REGION, or use --region; for a store that is not Amazon, name its address with --endpoint.',
];

const sayClock: Say = ({ endpoint }) => [
  `${endpoint} says that the clock of this machine is wrong.`,
  'Set the clock: signatures hold for fifteen minutes.',
];

const sayBusy: Say = ({ store }, { status, code }) => [
  `${store} answered ${status} (${code}) to each of ${mostAttempts} attempts.`,
  'Try again later: what was written stays, and the next publish goes on from there.',
];

const sayNotThere: Say = ({ endpoint }, { code }) => [
  `${endpoint} cannot be reached (${code}).`,
  'Check the address in --endpoint or AWS_ENDPOINT_URL, and whether this machine may connect to it.',
];

const saySilent: Say = ({ endpoint }) => [
  `${endpoint} did not answer in time, however often it was asked.`,
  'Check the address and the network; what was written stays, and the next publish goes on from there.',
];

const sayUntrusted: Say = ({ endpoint }, { code }) => [
  `The certificate of ${endpoint} is not trusted (${code}).`,
  'Name the certificate of its authority in NODE_EXTRA_CA_CERTS, or correct the address.',
];

const sayNoConditions: Say = ({ endpoint }) => [
  `${endpoint} does not know conditional writes (If-None-Match, If-Match), which keep two publishers apart.`,
  'Publish to a store that does (Amazon S3, Google Cloud Storage, Cloudflare R2, Ceph, MinIO), or to a folder, and copy that.',
];

const sayFull: Say = ({ store }) => [
  `${store} has no room left.`,
  'Raise its quota, or remove old previews: portolan prune.',
];

const sayBroken: Say = ({ store, key }) => [
  `What arrived at ${store} of ${key} is not what was sent.`,
  'Try again; if it stays so, something between here and there changes requests.',
];

const sayForeign: Say = ({ endpoint }, { status }) => [
  `${endpoint} does not answer as S3 does${status === 0 ? '' : ` (status ${status})`}.`,
  'Check the address in --endpoint or AWS_ENDPOINT_URL: a console or a web site has another one.',
];

/** What is said, by the code of the answer or of the machine. */
const sentences = new Map<string, Say>([
  ['AccessDenied', sayDenied],
  ['AccountProblem', sayDenied],
  ['AllAccessDisabled', sayDenied],
  ['Forbidden', sayDenied],
  ['CredentialsProviderError', sayNoCredentials],
  ['TokenProviderError', sayNoCredentials],
  ['InvalidAccessKeyId', sayWrongKey],
  ['SignatureDoesNotMatch', sayWrongSecret],
  ['ExpiredToken', sayExpired],
  ['ExpiredTokenException', sayExpired],
  ['InvalidToken', sayExpired],
  ['TokenRefreshRequired', sayExpired],
  ['NoSuchBucket', sayNoBucket],
  ['PermanentRedirect', sayWrongRegion],
  ['TemporaryRedirect', sayWrongRegion],
  ['AuthorizationHeaderMalformed', sayWrongRegion],
  ['IllegalLocationConstraintException', sayWrongRegion],
  ['RequestTimeTooSkewed', sayClock],
  ['RequestExpired', sayClock],
  ['SlowDown', sayBusy],
  ['ECONNREFUSED', sayNotThere],
  ['ENOTFOUND', sayNotThere],
  ['EAI_AGAIN', sayNotThere],
  ['EHOSTUNREACH', sayNotThere],
  ['ENETUNREACH', sayNotThere],
  ['ECONNRESET', saySilent],
  ['EPIPE', saySilent],
  ['ETIMEDOUT', saySilent],
  ['TimeoutError', saySilent],
  ['AbortError', saySilent],
  ['EPROTO', sayUntrusted],
  ['ERR_SSL_WRONG_VERSION_NUMBER', sayUntrusted],
  ['CERT_HAS_EXPIRED', sayUntrusted],
  ['SELF_SIGNED_CERT_IN_CHAIN', sayUntrusted],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', sayUntrusted],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', sayUntrusted],
  ['UNABLE_TO_GET_ISSUER_CERT', sayUntrusted],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', sayUntrusted],
  ['ERR_TLS_CERT_ALTNAME_INVALID', sayUntrusted],
  ['NotImplemented', sayNoConditions],
  ['QuotaExceeded', sayFull],
  ['InsufficientStorage', sayFull],
  ['BadDigest', sayBroken],
  ['InvalidDigest', sayBroken],
  ['XAmzContentSHA256Mismatch', sayBroken],
]);

/** What is said where no code is known, by the status. */
const byStatus: [RegExp, Say][] = [
  [/^(429|5..)$/, sayBusy],
  [/^403$/, sayDenied],
  [/^301$|^307$/, sayWrongRegion],
  [/^4..$|^0$|^2..$|^3..$/, sayForeign],
];

/** A member of an object of unknown shape. */
function find(thing: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
    thing,
  );
}

const toWord = (value: unknown) =>
  typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value) ? value : undefined;

/** What is known of a failure: its code is a word, for what a server says is not repeated. */
export function toFault(error: unknown): Fault {
  const status = find(error, '$metadata', 'httpStatusCode');
  const attempts = find(error, '$metadata', 'attempts');
  const region = toWord(find(error, '$response', 'headers', 'x-amz-bucket-region')) ?? toWord(find(error, 'Region'));
  const message = error instanceof Error ? error.message : '';
  const cause = toWord(find(error, 'code')) ?? toWord(find(error, 'cause', 'code'));
  const name = toWord(find(error, 'name'));
  return {
    code: (cause !== undefined && sentences.has(cause) ? cause : (name ?? cause)) ?? 'unknown',
    status: typeof status === 'number' ? status : 0,
    attempts: typeof attempts === 'number' ? attempts : 1,
    message,
    isSignIn: /\bsts:/.test(message),
    ...(region !== undefined && { region }),
  };
}

/** Says in words of people what became of a question; nothing of what the server said, which may hold keys. */
export function toS3Problem(error: unknown, question: S3Question): unknown {
  if (error instanceof PortalError) return error;
  const fault = toFault(error);
  if (fault.message === 'Region is missing') return toProblem(sayNoRegion(question, fault));
  const isKnown = fault.status > 0 || sentences.has(fault.code) || find(error, '$response') !== undefined;
  if (!isKnown) return error;
  const say = sentences.get(fault.code) ?? byStatus.find(([status]) => status.test(String(fault.status)))?.[1];
  return toProblem((say ?? sayForeign)(question, fault));
}

const toProblem = ([message, hint]: Sentences) => new PortalError(message, { hint });
