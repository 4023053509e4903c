import { expect, test } from 'vitest';
import { redact } from './redact.ts';

const token = `ghp_${'a1'.repeat(18)}`;

test.each([
  [`fatal: https://x-access-token:${token}@github.com/a/b`, 'fatal: https://[secret]github.com/a/b'],
  [`Authorization: Basic ${'QUJD'.repeat(5)}=`, 'Authorization: [secret]'],
  ['header "authorization": "token 0123456789abcdef"', 'header "authorization": "[secret]"'],
  [`github_pat_${'A'.repeat(30)} was refused`, '[secret] was refused'],
  ['jwt eyJhbGciOi.eyJpc3M.c2ln-x failed', 'jwt [secret] failed'],
  ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- is no key', '[secret] is no key'],
  ['my-own-secret is wrong', '[secret] is wrong'],
  ['Could not resolve to a Repository', 'Could not resolve to a Repository'],
])('%s', (text, shown) => expect(redact(text, ['my-own-secret', ''])).toBe(shown));
