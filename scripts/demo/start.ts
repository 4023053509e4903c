import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of this machine alone: its address, and how to stop it. */
export type StartedServer = { url: string; stop: () => Promise<void> };

/** Starts a server on a free port that only this machine can reach. */
export async function startLocally(listener: RequestListener): Promise<StartedServer> {
  const server: Server = createServer(listener);
  await new Promise<void>((ready, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', ready);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
