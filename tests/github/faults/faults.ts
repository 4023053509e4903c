import { blockedByLaw, blockedBySso, notResolved, type Refusal } from '../graphql/refusal.ts';
import { type Answer, notFound, toJsonAnswer, toRefusal } from '../http/answer.ts';
import type { CallKind } from '../http/call.ts';
import type { Delivery } from '../http/deliver.ts';

/** What a fault knows of the request that it strikes. */
export type Struck = {
  kind: CallKind;
  title: string;
  origin: string;
  /** The owner of the repository that is asked for, as far as the address says. */
  owner: string;
  now: number;
  seconds: number;
};

export type Fault = {
  /** Says this in place of the answer. */
  answer?: (struck: Struck) => Answer;
  /** What a query's field that leads to the repository says instead. */
  refusal?: (slug: string) => Refusal;
  /** True where GitHub counts the request although it gave it up. */
  isCharged?: boolean;
  /** Spoils the answer that would have been given. */
  spoil?: (answer: Answer) => Answer;
  /** How the answer is brought. */
  delivery?: Delivery;
};

const toSeconds = (milliseconds: number) => String(Math.ceil(milliseconds / 1000));

/** The whole hour's budget is used up. */
const primaryLimit: Fault = {
  answer: ({ kind, title, now, seconds }) => {
    const message = `API rate limit exceeded for ${title}.`;
    const headers = {
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-used': '5000',
      'x-ratelimit-reset': toSeconds(now + seconds * 1000),
      'x-ratelimit-resource': kind === 'graphql' ? 'graphql' : 'core',
    };
    if (kind === 'graphql') return toJsonAnswer({ errors: [{ type: 'RATE_LIMITED', message }] }, 200, headers);
    return toRefusal(403, message, headers);
  },
};

export const secondaryMessage =
  'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';

const toSecondary = (status: number): Fault => ({
  answer: ({ seconds }) => toRefusal(status, secondaryMessage, { 'retry-after': String(seconds) }),
});

const toGatewayError = (status: number, title: string): Fault => ({
  isCharged: true,
  answer: () => ({
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: Buffer.from(`<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`),
  }),
});

const resourceLimits: Fault = {
  isCharged: true,
  answer: () =>
    toJsonAnswer({
      data: null,
      errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'Resource limits for this query exceeded.' }],
    }),
};

/** GitHub gave up after ten seconds and says so in an answer that looks well. */
const queryTimeout: Fault = {
  isCharged: true,
  answer: () =>
    toJsonAnswer({
      data: null,
      errors: [
        {
          message:
            'Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug.',
        },
      ],
    }),
};

const sso = {
  answer: ({ origin, owner }: Pick<Struck, 'origin' | 'owner'>) =>
    toRefusal(
      403,
      'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.',
      { 'x-github-sso': `required; url=${origin}/orgs/${owner}/sso?authorization_request=test` },
    ),
  refusal: blockedBySso,
};

const blocked = {
  answer: () =>
    toJsonAnswer(
      {
        message: 'Repository access blocked',
        block: { reason: 'dmca', created_at: '2026-01-05T08:00:00Z', html_url: null },
      },
      451,
    ),
  refusal: blockedByLaw,
};

/** All that can go wrong, by name. */
export const faults = {
  primaryLimit,
  secondaryLimit: toSecondary(403),
  tooManyRequests: toSecondary(429),
  badGateway: toGatewayError(502, 'Bad Gateway'),
  unavailable: toGatewayError(503, 'Service Unavailable'),
  gatewayTimeout: toGatewayError(504, 'Gateway Timeout'),
  serverError: { answer: () => toRefusal(500, 'Server Error') },
  resourceLimits,
  queryTimeout,
  badCredentials: { answer: () => toRefusal(401, 'Bad credentials') },
  forbidden: { answer: () => toRefusal(403, 'Resource not accessible by integration') },
  notFound: { answer: notFound, refusal: (slug: string) => notResolved('Repository', `name '${slug}'`) },
  sso,
  blocked,
  badJson: { spoil: (answer: Answer) => ({ ...answer, body: answer.body.subarray(0, answer.body.length >> 1) }) },
  wrongShape: { answer: () => toJsonAnswer({ data: { unexpected: true } }) },
  hang: { delivery: 'hang' },
  reset: { delivery: 'reset' },
  truncated: { delivery: 'truncated' },
  slowDrip: { delivery: 'drip' },
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;
