import { TAB } from './block-parser.ts';

/** Brings a source into the form that every later step expects: plain line breaks, no tabs, no blanks on empty lines. */
export function normalize(source: string): string {
  if (source.trim() === '') return '';
  let text = source;
  if (/[\ufdd0\ufdd1]/.test(text)) text = text.replace(/[\ufdd0\ufdd1]/g, '');
  if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
  text = `${text}\n\n`;
  if (text.includes('\t')) text = text.split('\n').map(expandTabs).join('\n');
  return text.replace(/\n +(?=\n)/g, '\n');
}

function expandTabs(line: string): string {
  if (!line.includes('\t')) return line;
  const [first = '', ...parts] = line.split('\t');
  return parts.reduce((out, part) => out + ' '.repeat(TAB - (out.length % TAB)) + part, first);
}
