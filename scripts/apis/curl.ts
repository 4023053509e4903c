/** A request to make by hand. */
export type Request = {
  method: string;
  url: string;
  headers: readonly (readonly [name: string, value: string])[];
  body?: string;
};

/** How much of a body is put into a command. */
const longestBody = 2000;

/** One word of a POSIX shell, whatever it holds: nothing in it is a command, a variable or a new line of the script. */
export const toShellWord = (text: string): string => `'${text.replaceAll('\0', '').replaceAll("'", "'\\''")}'`;

/** The same without control characters, which have no place in an address or a header. */
const toLineWord = (text: string): string => toShellWord(text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim());

/** A request as a command of curl; every part of it is quoted, and braces in the address mean themselves. */
export function toCurl({ method, url, headers, body }: Request): string {
  const words = [
    `curl --globoff --request ${toLineWord(method).replace(/^'([A-Z]+)'$/, '$1')}`,
    `--url ${toLineWord(url)}`,
    ...headers.map(([name, value]) => `--header ${toLineWord(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data ${toShellWord(body.length > longestBody ? '…' : body)}`]),
  ];
  return words.join(' \\\n  ');
}
