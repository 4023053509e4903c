import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor, redact } from './redact.ts';

const body = 'Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA';
const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.${body}`;
const pem = (kind: string, lines: string) => `-----BEGIN ${kind}-----${lines}-----END ${kind}-----`;

test.each([
  ['a token of GitHub', `cloning with ghp_${body}${body}`, 'cloning with [redacted]'],
  ['a token of an App, glued to a word', `x_ghs_${body}`, 'x_[redacted]'],
  ['a fine-grained token', `github_pat_11AAAA_${body}!`, '[redacted]!'],
  ['a key of AWS', 'using AKIAIOSFODNN7EXAMPLE now', 'using [redacted] now'],
  ['a JWT', `id ${jwt} accepted`, 'id [redacted] accepted'],
  ['a bearer', `curl -H "X: Bearer ${body}"`, 'curl -H "X: Bearer [redacted]"'],
  ['a header', `Authorization: Basic dXNlcjpwYXNz`, 'Authorization: [redacted]'],
  ['a header in JSON', '{"authorization":"Token abc def","n":1}', '{"authorization":[redacted],"n":1}'],
  ['a cookie', 'Set-Cookie: sid=abc; Path=/', 'Set-Cookie: [redacted]'],
  ['a password', 'password=hunter2 user=ann', 'password=[redacted] user=ann'],
  ['a password with a colon', 'Password : hunter2', 'Password : [redacted]'],
  ['a password in quotes', `db.password = "hunter two" ok`, 'db.password = [redacted] ok'],
  ['a quote within a password', String.raw`{"password":"a\"hunter2","n":1}`, '{"password":[redacted],"n":1}'],
  ['JSON in JSON', String.raw`"{\"api_key\":\"hunter2\",\"n\":1}"`, String.raw`"{\"api_key\":[redacted],\"n\":1}"`],
  ['a long name', 'AWS_SECRET_ACCESS_KEY=hunter2', 'AWS_SECRET_ACCESS_KEY=[redacted]'],
  ['a secret in an address', 'GET /x?a=1&access_token=hunter2&b=2', 'GET /x?a=1&access_token=[redacted]&b=2'],
  ['an option', 'run --db-password hunter2 --fast', 'run --db-password [redacted] --fast'],
  [
    'a pass',
    'pass=hunter2 {"auth": "hunter2"} and all pass: 12',
    'pass=[redacted] {"auth": [redacted]} and all pass: 12',
  ],
  ['a signed address', 'GET /x?sv=1&sig=hunter2%3D&se=2', 'GET /x?sv=1&sig=[redacted]&se=2'],
  ['an address with a user', 'postgres://ann:hunter2@db:5432/x', 'postgres://[redacted]@db:5432/x'],
  ['an at sign in a password', 'amqp://ann:hun@ter2@mq/x', 'amqp://[redacted]@mq/x'],
  ['Slack', 'xoxb-123456789012-abcdef', '[redacted]'],
  ['a hook of Slack', 'https://hooks.slack.com/services/T0/B0/hunter2', 'https://hooks.slack.com/services/[redacted]'],
  ['a key of Stripe', 'sk_live_hunter2hunter2', '[redacted]'],
  ['a key on one line', `key ${pem('RSA PRIVATE KEY', '\\nMII\\n')} end`, 'key [redacted] end'],
  ['a user of curl', 'curl -u ann:hunter2 https://x', 'curl -u ann:[redacted] https://x'],
  ['a tag', '<db.password>hunter2</db.password>', '<db.password>[redacted]</db.password>'],
  ['bytes of Python', "password=b'hunter2'", 'password=b[redacted]'],
  ['a value in brackets', 'Some(Password("hunter2"))', 'Some(Password([redacted]))'],
  ['an arrow', 'token -> hunter2', 'token -> [redacted]'],
  ['a password in an encoded address', '%22password%22%3A%22hunter2%22', '%22password%22%3A%22[redacted]'],
  ['a password in HTML', '&quot;password&quot;:&quot;hunter2&quot;', '&quot;password&quot;:&quot;[redacted]&quot;'],
  ['a wide sign', 'password＝hunter2', 'password＝[redacted]'],
  ['a slash in a password', 'amqp://ann:hun/ter2@mq/x', 'amqp://[redacted]@mq/x'],
  ['a session', 'JSESSIONID=hunter2; sessionId: "hunter2"', 'JSESSIONID=[redacted] sessionId: [redacted]'],
  ['a code of OAuth', 'GET /cb?code=hunter2hunter2hunter2&state=1', 'GET /cb?code=[redacted]&state=1'],
  ['a signature of AWS', 'SignedHeaders=host, Signature=hunter2', 'SignedHeaders=host, Signature=[redacted]'],
  [
    'a hook of Discord',
    'https://discord.com/api/webhooks/12/hunter2',
    'https://discord.com/api/webhooks/12/[redacted]',
  ],
  ['a bot of Telegram', 'https://api.telegram.org/bot12:hunter2/x', 'https://api.telegram.org/bot[redacted]/x'],
  ['a port and an at sign', 'https://reg:5000/a@sha256 ?code=404', 'https://reg:5000/a@sha256 ?code=404'],
  ['a word with a dash', 'the api-token is not valid', 'the api-token is not valid'],
  ['nothing', 'GET /api/orders 200 in 12 ms', 'GET /api/orders 200 in 12 ms'],
  ['an address', 'dial https://db.acme.io:5432/x', 'dial https://db.acme.io:5432/x'],
])('takes out %s', (_, text, shown) => {
  expect(redact(text)).toBe(shown);
});

describe('a PEM block over several lines', () => {
  const lines = [
    'before',
    '-----BEGIN PRIVATE KEY-----',
    'MIIhunter2',
    'hunter2==',
    '-----END PRIVATE KEY----- after',
    'rest',
  ];

  test('is taken out, and nothing else', () => {
    const shown = lines.map(createRedactor());
    expect(shown).toEqual(['before', '[redacted]', '[redacted]', '[redacted]', '[redacted] after', 'rest']);
  });

  test('that never ends hides no more than a block can be long', () => {
    const redactor = createRedactor();
    const shown = ['-----BEGIN X-----', ...Array.from({ length: 300 }, (_, index) => `line ${index}`)].map(redactor);
    expect(shown.at(-1)).toBe('line 299');
  });

  test('whose beginning was not seen is known by its lines', () => {
    expect(['A'.repeat(64), '-----END X-----'].map(createRedactor())[0]).toBe('[redacted]');
  });
});

const secret = fc.stringMatching(/^[A-Za-z0-9]{24,40}$/);
const wrap = fc.constantFrom<(secret: string) => string>(
  (one) => `ghp_${one}`,
  (one) => `token=${one}`,
  (one) => `{"clientSecret": "${one}"}`,
  (one) => `Bearer ${one}`,
  (one) => `https://user:${one}@host/`,
  (one) => `-----BEGIN KEY-----\n${one}\n-----END KEY-----`,
);

test('whatever stands around it, a secret does not come through', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), secret, wrap, (before, after, one, to) => {
      expect(redact(`${before}\n${to(one)} ${after}`)).not.toContain(one);
    }),
  );
});

test('any text is redacted without an exception, and its lines stay as many', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      expect(redact(text).split('\n')).toHaveLength(text.split('\n').length);
    }),
  );
});

// Were any of these quadratic, they would take minutes: the test would not end within its time limit.
test.each([
  ['words that begin a value', 'password'],
  ['quotes', 'token="\\'],
  ['blanks', 'bearer        '],
  ['beginnings of a JWT', 'eyJ'],
  ['points', 'eyJaaaaaaaaaaaaa.'],
  ['dashes', '-'],
  ['slashes', '://a'],
  ['ends of a block', '-----END '],
  ['blocks', '-----BEGIN -----END -----'],
  ['word characters', 'a_'],
  ['backslashes', 'secret=\\'],
  ['options', '--token '],
])('is fast for a megabyte of %s', (_, part) => {
  expect(redact(part.repeat(Math.ceil(1_000_000 / part.length))).length).toBeGreaterThan(0);
});
