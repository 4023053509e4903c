const block =
  /<div ([^<>]*\bdata-(?:line-start|marked-lines)="[^<>]*)>((?:<span class="filename">[^<]*<\/span>)?<pre[^>]*>(?:<span><\/span>)?<code[^>]*>)([\s\S]*?)<\/code>/g;

/** Cuts painted code into lines that are well-formed alone: what is open at the end of one is opened again in the next. */
function toLines(code: string): string[] {
  const open: string[] = [];
  return code
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => {
      const before = open.join('');
      for (const [tag, slash] of line.matchAll(/<(\/?)span[^>]*>/g)) {
        if (slash) open.pop();
        else open.push(tag);
      }
      return `${before}${line}\n${'</span>'.repeat(open.length)}`;
    });
}

/** Whether a line is among those that an author marked: `2 5-7`. */
function createMarks(text: string): (line: number) => boolean {
  const ranges = text.split(/[\s,]+/).map((range) => {
    const [first = '', last = first] = range.split('-');
    return [Number(first), Number(last)] as const;
  });
  return (line) => ranges.some(([first, last]) => line >= first && line <= last);
}

const findAttribute = (attributes: string, name: string): string | undefined =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];

/** Gives the code blocks that ask for it their line numbers and marked lines; every other block stays as it is. */
export function withCodeLines(html: string): string {
  return html.replace(block, (_, attributes: string, start: string, code: string) => {
    const first = findAttribute(attributes, 'data-line-start');
    const isMarked = createMarks(findAttribute(attributes, 'data-marked-lines') ?? '');
    const lines = toLines(code).map((line, index) => {
      const number = first === undefined ? '' : ` data-line="${Number(first) + index}"`;
      return `<span class="code-line${isMarked(index + 1) ? ' hll' : ''}"${number}>${line}</span>`;
    });
    return `<div ${attributes}>${start}${lines.join('')}</code>`;
  });
}
