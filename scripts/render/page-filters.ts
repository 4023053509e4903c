type AlertKind = { type: string; title: string };

const kinds: Readonly<Record<string, AlertKind>> = {
  NOTE: { type: 'note', title: 'Note' },
  TIP: { type: 'tip', title: 'Tip' },
  IMPORTANT: { type: 'warning', title: 'Important' },
  WARNING: { type: 'warning', title: 'Warning' },
  CAUTION: { type: 'danger', title: 'Caution' },
};

const github = /^> ?\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(.*)$/i;
const gitlab = /^>>> ?\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(.*)$/i;

/** Rewrites alerts of GitHub and GitLab as admonitions; fenced code is left alone. */
export function rewriteAlerts(text: string): string {
  if (!text.includes('[!')) return text;
  const lines = text.split('\n');
  const out: string[] = [];
  let fence = '';
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const mark = /^(```+|~~~+)/.exec(line)?.[1] ?? '';
    if (mark && !fence) fence = mark;
    else if (mark && fence && line.startsWith(fence)) fence = '';
    const alert = fence || mark ? undefined : readAlert(lines, index, line);
    if (!alert) out.push(line);
    else {
      for (const one of alert.lines) out.push(one);
      index = alert.last;
    }
  }
  return out.join('\n');
}

function readAlert(lines: readonly string[], at: number, line: string): { lines: string[]; last: number } | undefined {
  const quoted = github.exec(line);
  const fenced = quoted ? null : gitlab.exec(line);
  const match = quoted ?? fenced;
  const kind = kinds[match?.[1]?.toUpperCase() ?? ''];
  if (!match || !kind) return undefined;
  const head = `!!! ${kind.type} "${match[2]?.trim() || kind.title}"`;
  let end = at + 1;
  if (quoted) while (lines[end]?.startsWith('>')) end++;
  else while (end < lines.length && lines[end]?.trim() !== '>>>') end++;
  const body = lines.slice(at + 1, end).map((one) => (quoted ? one.replace(/^> ?/, '') : one));
  return { lines: [head, ...body.map((one) => (one ? `    ${one}` : ''))], last: quoted ? end - 1 : end };
}
