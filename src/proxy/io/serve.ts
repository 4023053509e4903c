import { createServer, IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { createProxyApp } from '../app.ts';
import type { Claims } from '../identity.ts';
import { toRefusal } from '../refusals.ts';

/** Who asks by a request, as a gate before us found out. */
export type FindClaims = (incoming: IncomingMessage) => Claims | undefined;

/** Makes a listener of the application, for a server of its own or another's. */
export function toListener(
  app: ReturnType<typeof createProxyApp>,
  findClaims: FindClaims = () => undefined,
): RequestListener {
  const toCarried = (incoming: { url?: string; socket: { remoteAddress?: string } }, claims?: Claims) => ({
    target: incoming.url ?? '',
    address: incoming.socket.remoteAddress ?? '',
    claims,
  });
  return getRequestListener(
    (request, { incoming }) =>
      app.fetch(request, toCarried(incoming, incoming instanceof IncomingMessage ? findClaims(incoming) : undefined)),
    // What is no request at all never reaches the application.
    { errorHandler: () => toRefusal('target-wrong') },
  );
}

/** What a server waits for and takes in, in milliseconds and bytes. */
export type ServerLimits = { headers: number; request: number; idle: number; keepAlive: number; headerBytes: number };

const usual: ServerLimits = { headers: 5_000, request: 10_000, idle: 60_000, keepAlive: 65_000, headerBytes: 16_384 };

/** Makes a server that waits for nobody long. */
export function createProxyServer(listener: RequestListener, limits: ServerLimits = usual): Server {
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      // The application refuses it, in words.
      requireHostHeader: false,
      headersTimeout: limits.headers,
      requestTimeout: limits.request,
      keepAliveTimeout: limits.keepAlive,
      connectionsCheckingInterval: Math.min(limits.headers, 1_000),
    },
    listener,
  );
  server.maxHeadersCount = 100;
  // A reader who takes nothing of what is sent is left.
  server.timeout = limits.idle;
  server.on('clientError', refuseRaw);
  return server;
}

const rawStatus: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

function refuseRaw(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = rawStatus[error.code ?? ''] ?? '400 Bad Request';
  const what = { code: 'target-wrong', what: 'This is no request.', mend: 'Ask as a page of the portal does.' };
  const body = JSON.stringify({ error: what });
  const lines = [`HTTP/1.1 ${status}`, 'content-type: application/json', `content-length: ${body.length}`];
  socket.end(`${[...lines, 'connection: close', '', body].join('\r\n')}`);
}

/** Stops a server: takes nothing new, lets go on what is answered now for a while, then cuts it. */
export async function stopServer(server: Server, patience = 5_000): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), patience);
  // A connection that was answering becomes idle later.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  await new Promise<void>((done) => {
    server.close(() => done());
    server.closeIdleConnections();
  });
  clearTimeout(cut);
  clearInterval(sweep);
}
