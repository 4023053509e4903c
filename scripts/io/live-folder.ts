import { watch } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { createStaticServer } from './static-server.ts';

/** What a page of a live folder carries in its head: it loads itself again when the server says so. */
export const reloadHead = '<script src="/_portolan/reload.js" defer></script>';

const reloadScript = "new EventSource('/_portolan/changes').onmessage = () => location.reload();\n";

/** A server for a folder that is still being written; `changed` tells every open page to load itself again. */
export function createLiveServer(folder: string): { server: Server; changed: () => void } {
  const pages = createStaticServer({ folder });
  const listeners = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    if (request.url === '/_portolan/reload.js')
      return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(reloadScript);
    if (request.url !== '/_portolan/changes') return void pages.emit('request', request, response);
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(':\n\n');
    listeners.add(response);
    request.on('close', () => listeners.delete(response));
  });
  const changed = () => {
    for (const listener of listeners) listener.write('data: changed\n\n');
  };
  return { server, changed };
}

/** Calls back a moment after anything below a folder has changed, once for many changes; until it is stopped. */
export function watchFolder(folder: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(changed, 80);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
