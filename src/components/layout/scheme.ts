import { createHash } from 'node:crypto';

/** Runs before the first paint, so that a chosen colour scheme never flashes; small enough to stand in the page. */
export const schemeScript =
  "try{const s=localStorage.getItem('scheme');if(s==='light'||s==='dark')document.documentElement.dataset.scheme=s}catch{}";

const hash = createHash('sha256').update(schemeScript).digest('base64');

/**
 * What a page may load and run: its own files, pictures over https (people's avatars), and those that a page makes
 * itself (a graph as PNG). Search needs WebAssembly.
 * Nothing that a repository writes can run: no inline script but the one above, no inline style, no forms out. Frames are only those of
 * hosts that the operator allows.
 */
const policy = [
  "default-src 'none'",
  `script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}'`,
  "style-src 'self'",
  "img-src 'self' https: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

/** The content policy of every page; it lists the hosts that may be framed. */
export function toContentPolicy(frameHosts: readonly string[] = []): string {
  return frameHosts.length === 0 ? policy : `${policy}; frame-src ${frameHosts.join(' ')}`;
}
