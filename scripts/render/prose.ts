/** A text of Markdown with its code and comments blanked out, every other character where it was. */
export function toProse(text: string): string {
  let fence = '';
  const lines = text.split('\n').map((line) => {
    const [, mark = ''] = /^[\s>]*(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence) {
      if (mark.startsWith(fence) && /^[\s>]*[`~]+\s*$/.test(line)) fence = '';
      return blank(line);
    }
    if (!mark) return blankSpans(line);
    fence = mark;
    return blank(line);
  });
  return blankComments(lines.join('\n'));
}

const blank = (text: string): string => (text.includes('\n') ? text.replace(/[^\n]/g, ' ') : ' '.repeat(text.length));

/** Nobody writes more code into one line. */
const mostSpans = 200;

function blankSpans(line: string): string {
  if (!line.includes('`')) return line;
  const runs = [...line.matchAll(/`+/g)].slice(0, mostSpans);
  let out = '';
  let done = 0;
  for (let at = 0; at < runs.length; at++) {
    const run = runs[at];
    const end = runs.findIndex((other, index) => index > at && other[0] === run?.[0]);
    const last = runs[end];
    if (!run || !last) continue;
    const after = last.index + last[0].length;
    out += line.slice(done, run.index) + blank(line.slice(run.index, after));
    done = after;
    at = end;
  }
  return out + line.slice(done);
}

function blankComments(text: string): string {
  let out = '';
  let done = 0;
  for (let at = text.indexOf('<!--'); at >= 0; at = text.indexOf('<!--', done)) {
    const end = text.indexOf('-->', at);
    const after = end < 0 ? text.length : end + 3;
    out += text.slice(done, at) + blank(text.slice(at, after));
    done = after;
  }
  return out + text.slice(done);
}
