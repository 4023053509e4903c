import type { NavEntry } from './nav/entries.ts';
import type { RenderedDocs } from './render.ts';

/** A file to be written: where, and what. */
export type WrittenFile = { path: string; text: string };

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const toUp = (output: string): string => '../'.repeat(output.split('/').length - 1) || './';

/**
 * One docs tree as files that need nothing else: a page a file, where MkDocs would put it, its content in `<article>`
 * with the navigation before it, and a page that leads on for each redirect. `head` goes into every page.
 */
export function toStandaloneFiles(docs: RenderedDocs, head = ''): WrittenFile[] {
  const outputs = new Map(docs.files.filter(({ isPage }) => isPage).map(({ path, output }) => [path, output]));
  const pages = docs.pages.map(({ output, title, html, path }) => {
    const navigation = toNavigation(docs.nav, { outputs, up: toUp(output), here: path });
    const body = `<nav aria-label="Pages">${navigation}</nav>\n<article>${html}</article>`;
    const style = `<link rel="stylesheet" href="${toUp(output)}portolan-docs.css">${head}`;
    return { path: output, text: toDocument(`${title} · ${docs.site.title}`, body, style) };
  });
  const redirects = docs.redirects.map(({ output, href }) => ({
    path: output,
    text: toDocument(href, '', `<meta http-equiv="refresh" content="0; url=${escapeHtml(href)}">`),
  }));
  return [...pages, ...redirects];
}

function toDocument(title: string, body: string, head: string): string {
  const meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">';
  return `<!doctype html>\n<html lang="en"><head>${meta}${head}<title>${escapeHtml(title)}</title></head><body>\n${body}\n</body></html>\n`;
}

type Here = { outputs: ReadonlyMap<string, string>; up: string; here: string };

function toNavigation(entries: readonly NavEntry[], at: Here): string {
  const rows = entries.map((entry) => `<li>${toEntry(entry, at)}</li>`);
  return rows.length === 0 ? '' : `<ul>${rows.join('')}</ul>`;
}

function toEntry({ title, path, href, children }: NavEntry, at: Here): string {
  const text = escapeHtml(title ?? path ?? href ?? '');
  const output = path === undefined ? undefined : at.outputs.get(path);
  const address = output === undefined ? href : `${at.up}${output}`;
  const isSafe = address !== undefined && (output !== undefined || /^(https?:|mailto:)/i.test(address));
  const current = path === at.here ? ' aria-current="page"' : '';
  const label = isSafe ? `<a href="${escapeHtml(address)}"${current}>${text}</a>` : `<span>${text}</span>`;
  return `${label}${children ? toNavigation(children, at) : ''}`;
}
