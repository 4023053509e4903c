import { expect, test } from 'vitest';
import { findWholeFault, toFault, toGitFault, toPartFault } from './faults.ts';

test.each([
  [401, 'Bad credentials', {}, 'unknown'],
  [403, 'Resource not accessible by integration', {}, 'refused'],
  [403, 'Resource protected by organization SAML enforcement.', {}, 'sso'],
  [403, 'x', { 'x-github-sso': 'required; url=…' }, 'sso'],
  [403, 'API rate limit exceeded', { 'x-ratelimit-remaining': '0' }, 'spent'],
  [429, 'You have exceeded a secondary rate limit.', {}, 'spent'],
  [404, 'Not Found', {}, 'absent'],
  [451, 'Repository access blocked', {}, 'blocked'],
  [502, 'Bad Gateway', {}, 'heavy'],
  [503, 'Service Unavailable', {}, 'unreachable'],
  [418, 'teapot', {}, 'invalid'],
])('%d %s %j is %s', (status, message, headers, fault) => expect(toFault(status, message, headers)).toBe(fault));

test.each([
  ['RATE_LIMITED', 'API rate limit exceeded', 'spent'],
  ['RESOURCE_LIMITS_EXCEEDED', 'Resource limits for this query exceeded.', 'heavy'],
  [undefined, 'Something went wrong while executing your query.', 'heavy'],
  ['NOT_FOUND', 'Could not resolve to a node', undefined],
])('an answer with %s, %s as a whole is %s', (type, message, fault) => {
  expect(findWholeFault([{ ...(type && { type }), message, path: [] }])).toBe(fault);
});

test.each([
  ['FORBIDDEN', 'Resource protected by organization SAML enforcement.', 'sso'],
  ['FORBIDDEN', 'Resource not accessible by integration', 'refused'],
  ['NOT_FOUND', 'Could not resolve to a Repository', 'absent'],
])('a part with %s, %s is %s', (type, message, fault) => expect(toPartFault({ type, message, path: [] })).toBe(fault));

test.each([
  ["fatal: unable to access 'https://x/': The requested URL returned error: 403", 'refused'],
  ["fatal: unable to access 'https://x/': The requested URL returned error: 451", 'blocked'],
  ["fatal: Authentication failed for 'https://x/'", 'unknown'],
  ["fatal: unable to access 'https://x/': Could not resolve host: x", 'unreachable'],
])('git: %s is %s', (message, fault) => expect(toGitFault(message)).toBe(fault));
