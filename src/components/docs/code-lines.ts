const block =
  /<div ([^<>]*\bdata-(?:line-start|marked-lines)="[^<>]*)>((?:<span class="filename">[^<]*<\/span>)?<pre[^>]*>(?:<span><\/span>)?<code[^>]*>)([\s\S]*?)<\/code>/g;

/** Cuts painted code into lines that are well-formed alone: what is open at the end of one is opened again in the next. */
function toLines(code: string): string[] {
  const open: string[] = [];
  return code
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => {
      if (open.length === 0 && !line.includes('<')) return `${line}\n`;
      const before = open.join('');
      trackOpen(line, open);
      return `${before}${line}\n${'</span>'.repeat(open.length)}`;
    });
}

/** Keeps account of the elements that a line opens and closes. */
function trackOpen(line: string, open: string[]): void {
  for (let at = line.indexOf('<'); at !== -1; at = line.indexOf('<', at + 1))
    if (line.startsWith('</span', at)) open.pop();
    else if (line.startsWith('<span', at)) open.push(line.slice(at, line.indexOf('>', at) + 1));
}

/** Whether a line is among those that an author marked: `2 5-7`. */
function createMarks(text: string | undefined): (line: number) => boolean {
  if (text === undefined) return () => false;
  const ranges = text.split(/[\s,]+/).map((range) => {
    const [first = '', last = first] = range.split('-');
    return [Number(first), Number(last)] as const;
  });
  return (line) => ranges.some(([first, last]) => line >= first && line <= last);
}

const values = { start: /\bdata-line-start="([^"]*)"/, marked: /\bdata-marked-lines="([^"]*)"/ };

const findValue = (attributes: string, name: keyof typeof values): string | undefined =>
  values[name].exec(attributes)?.[1];

/** Gives the code blocks that ask for it their line numbers and marked lines; every other block stays as it is. */
export function withCodeLines(html: string): string {
  if (!html.includes(' data-line-start="') && !html.includes(' data-marked-lines="')) return html;
  return html.replace(block, (_, attributes: string, start: string, code: string) => {
    const first = findValue(attributes, 'start');
    const isMarked = createMarks(findValue(attributes, 'marked'));
    const lines = toLines(code).map((line, index) => {
      const number = first === undefined ? '' : ` data-line="${Number(first) + index}"`;
      return `<span class="code-line${isMarked(index + 1) ? ' hll' : ''}"${number}>${line}</span>`;
    });
    return `<div ${attributes}>${start}${lines.join('')}</code>`;
  });
}
