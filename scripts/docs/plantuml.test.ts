import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { toPlantumlAddress } from './plantuml.ts';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';

/** What a server makes of the digits of an address. */
function decode(text: string): string {
  const bytes = [...text.matchAll(/..../g)].flatMap(([four]) => {
    const bits = [...four].reduce((sum, digit) => sum * 64 + digits.indexOf(digit), 0);
    return [bits >> 16, (bits >> 8) & 255, bits & 255];
  });
  return inflateRawSync(Uint8Array.from(bytes)).toString();
}

test.each(['Bob -> Alice : hello', '@startuml\nA -> é: 日本\n@enduml', 'x'.repeat(3000)])(
  'a server reads what was written: %.20s',
  (source) => {
    const address = toPlantumlAddress('https://uml.example/plantuml//', source, (text) => deflateRawSync(text));
    const [, encoded = ''] = /^https:\/\/uml\.example\/plantuml\/svg\/([\w-]+)$/.exec(address) ?? [];
    expect(decode(encoded)).toBe(source);
  },
);
