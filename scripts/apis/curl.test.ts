import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toCurl, toShellWord } from './curl.ts';

/** What a shell hands to a program: its arguments, one by one. */
const listArguments = (command: string): string[] =>
  execFileSync('sh', ['-c', `curl() { for each in "$@"; do printf '%s\\0' "$each"; done; }\n${command}`])
    .toString()
    .split('\0')
    .slice(0, -1);

test.each([
  [{ method: 'GET', url: "https://a.io/$(id)/`id`/{b}?c='d'&e", headers: [['X', '$HOME "x"']] }, undefined],
  [{ method: "GET'; id #", url: '--output /etc/passwd', headers: [] }, undefined],
  [{ method: 'POST', url: 'https://a.io\n--output x', headers: [['A\r\nB', 'c']] }, "it's\n$HOME"],
] as const)('%j is one command, whatever it holds', (request, body) => {
  const command = toCurl(body === undefined ? request : { ...request, body });
  const line = (text: string) => text.replace(/[\r\n]+/g, ' ');
  expect(listArguments(command)).toEqual([
    '--globoff',
    ...['--request', request.method],
    ...['--url', line(request.url)],
    ...request.headers.flatMap(([name, value]) => ['--header', line(`${name}: ${value}`)]),
    ...(body === undefined ? [] : ['--data', body]),
  ]);
});

test('every text is one word of a shell', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 30 }), (text) => {
      expect(listArguments(`curl ${toShellWord(text)}`)).toEqual([text.replaceAll('\0', '')]);
    }),
    { numRuns: 20 },
  );
});
