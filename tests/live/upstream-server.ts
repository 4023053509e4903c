import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificate.ts';

export type UpstreamServer = {
  url: string;
  port: number;
  /** How many connections were opened, and what was asked on them. */
  connections: () => number;
  requests: { method: string; url: string; headers: Record<string, unknown> }[];
  stop: () => Promise<void>;
};

/** Starts a server of this machine that remembers who came; over TLS when it is given a certificate. */
export async function startUpstream(listener: RequestListener, certificate?: Certificate): Promise<UpstreamServer> {
  const requests: UpstreamServer['requests'] = [];
  const answer: RequestListener = (request, response) => {
    requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    response.on('error', () => {});
    listener(request, response);
  };
  const server: Server = certificate ? createSecureServer(certificate, answer) : createServer(answer);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  return {
    url: `http${certificate ? 's' : ''}://127.0.0.1:${port}`,
    port,
    connections: () => connections,
    requests,
    stop,
  };
}
