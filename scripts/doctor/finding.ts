import { wrap } from '../terminal.ts';

/** What an examination says of one thing. `missing` is something that a build needs. */
export type Mark = 'fine' | 'note' | 'limited' | 'missing';

export type Finding = {
  /** What it is about: `This machine`, `github.com`, `acme on github.com`. */
  about: string;
  mark: Mark;
  what: string;
  /** What a portal lacks because of it. */
  cost?: string;
  /** What to do, in the words of GitHub's own pages. */
  grant?: string;
};

/** Whether something fails that a build needs. */
export function isFailing(findings: readonly Finding[]): boolean {
  return findings.some(({ mark }) => mark === 'missing');
}

const signs: Readonly<Record<Mark, string>> = { fine: '✓', note: '·', limited: '!', missing: '✗' };
const colours: Readonly<Record<Mark, string>> = {
  fine: '\u001b[32m',
  note: '\u001b[2m',
  limited: '\u001b[33m',
  missing: '\u001b[31m',
};
const [bold, plain] = ['\u001b[1m', '\u001b[0m'];
const width = 80;
const indent = ' '.repeat(13);

/** Findings for people, of what `user` needs: what they are about as a heading, then a line each, with what to do below it. */
export function formatFindings(
  findings: readonly Finding[],
  { colour, user = 'a build' }: { colour: boolean; user?: string },
): string {
  const paint = (code: string, text: string) => (colour ? `${code}${text}${plain}` : text);
  const blocks = [...Map.groupBy(findings, ({ about }) => about)].map(([about, own]) => {
    const lines = own.map(({ mark, what, cost, grant }) => {
      const head = `  ${paint(colours[mark], `${signs[mark]} ${mark.padEnd(7)}`)}  `;
      // What to do may be lines to copy.
      const texts = [what, cost, ...(grant?.split('\n') ?? [])].flatMap((text) =>
        text === undefined ? [] : toLines(text),
      );
      return `${head}${texts.join(`\n${indent}`)}\n`;
    });
    return `${paint(bold, about)}\n${lines.join('')}`;
  });
  return `${blocks.join('\n')}\n${formatVerdict(findings, user)}\n`;
}

function formatVerdict(findings: readonly Finding[], user: string): string {
  const count = (wanted: Mark) => findings.filter(({ mark }) => mark === wanted).length;
  const [missing, limited] = [count('missing'), count('limited')];
  if (missing > 0) return `${missing} ${missing === 1 ? 'thing is' : 'things are'} missing that ${user} needs.`;
  return limited > 0
    ? `${user.charAt(0).toUpperCase()}${user.slice(1)} works. ${limited} ${limited === 1 ? 'thing limits' : 'things limit'} what it shows.`
    : 'Everything is there.';
}

/** Lines that fit beside the marks; nothing that GitHub or a configuration says may steer a terminal. */
function toLines(text: string): string[] {
  return wrap(text.replace(/[\p{Cc}\p{Cf}]+/gu, ' '), width - indent.length).split('\n');
}
