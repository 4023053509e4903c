const marker = '[redacted]';

type Net = { find: RegExp; to: string };

const secretWord = [
  'passw(?:or)?d',
  'passphrase',
  'passwd',
  'pwd',
  'secret',
  'token',
  'api[_-]?key',
  'access[_-]?key',
  'account[_-]?key',
  'private[_-]?key',
  'encryption[_-]?key',
  'app(?:lication)?[_-]?key',
  'license[_-]?key',
  'sess(?:ion)?[_-]?id',
  'signing[_-]?key',
  'credentials?',
  'connection[_-]?string',
].join('|');

/** A value as it stands behind `=` or `:`: quoted, quoted within a quoted text, or up to the next blank. */
const quoted = ['"(?:[^"\\\\]|\\\\[^])*"?', "'(?:[^'\\\\]|\\\\[^])*'?", '\\\\{1,8}"[^"]*"?', "\\\\{1,8}'[^']*'?"].join(
  '|',
);
/** A quote as it stands in an address or in HTML. */
const packed = '(?:%2[27]|&quot;|&#3[49];)';
/** What leads from a word to its value: `=`, `":`, `=>`, `("`, `>` of a tag, and how addresses and HTML write them. */
const separator = [
  `[\\w.-]{0,40}["'\`\\\\\\]]{0,6}${packed}?\\s{0,4}(?::=|[=-]>|[:=\\uff1a\\uff1d]|%3[ad]|&#61;){1,2}\\s{0,4}${packed}?(?:[bru]{1,2}(?=["']))?`,
  `\\(\\s{0,4}(?=["'])`,
  `[\\w.-]{0,40}>(?=[^\\s<])`,
].join('|');

/**
 * What secrets look like. Every repetition is bounded, or begins at a fixed word and cannot fail once it has begun, so the time
 * that a text takes grows with its length alone.
 */
const nets: readonly Net[] = [
  { find: /gh[pousr]_[A-Za-z0-9]{16,255}/g, to: marker },
  { find: /github_pat_[A-Za-z0-9_]{20,255}/g, to: marker },
  { find: /gl(?:pat|dt|rt|cbt|ptt|soat)-[\w-]{16,255}/g, to: marker },
  { find: /(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}/g, to: marker },
  { find: /eyJ[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)*/g, to: marker },
  { find: /xox[a-z]{1,2}-[A-Za-z0-9-]{8,}|xapp-[A-Za-z0-9-]{8,}/g, to: marker },
  { find: /(discord(?:app)?\.com\/api\/webhooks\/\d{1,24}\/)[\w-]+/gi, to: `$1${marker}` },
  { find: /(webhook\.office\.com\/webhookb2\/)[\w@/-]+/gi, to: `$1${marker}` },
  { find: /(api\.telegram\.org\/bot)[\w:-]+/gi, to: `$1${marker}` },
  { find: /hf_[A-Za-z0-9]{30,255}/g, to: marker },
  { find: /(hooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/-]+/gi, to: `$1${marker}` },
  { find: /(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{8,255}|whsec_[A-Za-z0-9+/=]{8,255}/g, to: marker },
  { find: /sk-[A-Za-z0-9_-]{20,255}/g, to: marker },
  { find: /AIza[\w-]{30,64}|ya29\.[\w-]{16,255}|GOCSPX-[\w-]{16,255}/g, to: marker },
  { find: /SG\.[\w-]{16,64}\.[\w-]{16,64}/g, to: marker },
  { find: /(?:npm|dop|doo|dor)_(?:v1_)?[A-Za-z0-9]{30,255}|pypi-[\w-]{16,255}|dckr_pat_[\w-]{16,255}/g, to: marker },
  { find: /hv[sbr]\.[\w-]{20,255}|shp(?:at|ss|ca|pa)_[a-fA-F0-9]{20,64}/g, to: marker },
  // A whole header of these says who somebody is, in whatever scheme.
  {
    find: new RegExp(`((?:authorization|cookie)["'\\\\]{0,4}\\s{0,4}[:=]\\s{0,4})(?:${quoted}|[^\\n"']+)`, 'gi'),
    to: `$1${marker}`,
  },
  { find: /(bearer["']?[\s:=+]{1,8}|bearer%20)[^\s"',;<>]+/gi, to: `$1${marker}` },
  { find: /(\bbasic\s{1,8})[A-Za-z0-9+/=_-]{8,}/gi, to: `$1${marker}` },
  {
    find: new RegExp(`((?:${secretWord})(?:${separator}))(?:${quoted}|[^\\s&"'<>]+)`, 'gi'),
    to: `$1${marker}`,
  },
  // Words that are ordinary too: only where a value is given as one.
  {
    find: new RegExp(
      `((?<![A-Za-z])(?:pass|pw|auth)["'\\\\]{0,4}\\s{0,4}(?:=|:(?=\\s{0,4}\\\\{0,4}["']))\\s{0,4})(?:${quoted}|[^\\s&"'<>]+)`,
      'gi',
    ),
    to: `$1${marker}`,
  },
  { find: /([?&;,\s](?:X-Amz-Signature|Signature|sig|jwt)=)[^\s&"'<>]+/gi, to: `$1${marker}` },
  { find: /([?&](?:code|key)=)[^\s&"'<>]{16,}/gi, to: `$1${marker}` },
  // `curl -u ann:hunter2`
  { find: /((?<![\w-])(?:-u|--user)[\s=]{1,4}["']?[^\s:"']{1,100}:)[^\s"']+/g, to: `$1${marker}` },
  // `--password hunter2`
  {
    find: new RegExp(
      `((?<![\\w-])--?[\\w-]{0,30}?(?:${secretWord})[\\w-]{0,20}\\s{1,8})(?:${quoted}|[^\\s"'-][^\\s"']*)`,
      'gi',
    ),
    to: `$1${marker}`,
  },
  // `postgres://user:pass/word@host`: a slash in it, behind what is no port.
  { find: /(:\/\/[^\s/:@"'<>]{0,100}:)(?!\d{1,5}(?:\/|$))[^\s@"'<>]{1,120}@/g, to: `$1${marker}@` },
  // `postgres://user:password@host`
  { find: /(:\/\/)[^\s/"'<>]{1,1000}@/g, to: `$1${marker}@` },
];

function redactWords(text: string): string {
  return nets.reduce((rest, { find, to }) => rest.replace(find, to), text);
}

const begin = '-----BEGIN ';
const end = '-----END ';
/** A line of a block whose beginning was not seen. */
const encoded = /^[A-Za-z0-9+/]{60,76}={0,2}$/;
/** A block longer than this is none: what follows is shown again. */
const longestBlock = 120;

type Block = { text: string; isOpen: boolean };

/** Where a line that begins inside a block leaves it. */
function findBlockEnd(line: string): number {
  const at = line.indexOf(end);
  if (at < 0) return -1;
  const dashes = line.indexOf('-----', at + end.length);
  return dashes < 0 ? line.length : dashes + 5;
}

function redactBlocks(line: string, isOpen: boolean): Block {
  const parts: string[] = [];
  let rest = line;
  let isInside = isOpen;
  for (;;) {
    const at = isInside ? findBlockEnd(rest) : rest.indexOf(begin);
    if (isInside || at >= 0) parts.push(isInside ? marker : redactWords(rest.slice(0, at)));
    if (at < 0) return { text: parts.join('') + (isInside ? '' : redactWords(rest)), isOpen: isInside };
    // The words that begin a block are left out with it.
    rest = rest.slice(isInside ? at : at + begin.length);
    isInside = !isInside;
  }
}

/**
 * Takes out of lines, one after another, what looks like a secret; a PEM block may go over many. It is a net, not a proof: what
 * does not look like a secret stays.
 */
export function createRedactor(): (line: string) => string {
  let inside = 0;
  return (line) => {
    if (inside === 0 && encoded.test(line.trim())) return marker;
    const { text, isOpen } = redactBlocks(line, inside > 0 && inside <= longestBlock);
    inside = isOpen ? inside + 1 : 0;
    return text;
  };
}

/** A text of one or more lines without what looks like a secret. */
export function redact(text: string): string {
  return text.split('\n').map(createRedactor()).join('\n');
}
