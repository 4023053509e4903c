import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from './answer.ts';
import { type Call, readCall } from './call.ts';
import { type Delivery, deliver } from './deliver.ts';

/** An answer, how it is brought, and what to do when that is done. */
export type Response = { answer: Answer; delivery?: Delivery; leave?: () => void };

/** Where requests come in. */
export type Door = {
  /** `127.0.0.1:PORT`. */
  host: string;
  open: (respond: (call: Call) => Promise<Response>) => void;
  /** Stops listening, ends every connection, and waits until nothing is being answered any more. */
  close: () => Promise<void>;
};

/** Listens on a port of the loopback interface, 0 for a free one. */
export async function createDoor(port: number): Promise<Door> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const pending = new Set<Promise<unknown>>();
  return {
    host: `127.0.0.1:${toPort(server.address())}`,
    open: (respond) => {
      const answer = async (request: IncomingMessage, response: ServerResponse) => {
        const { answer: said, delivery, leave } = await respond(await readCall(request));
        await deliver(response, said, delivery).finally(leave);
      };
      server.on('request', (request, response) => {
        // A client that goes away in the middle is its own business.
        const answering = answer(request, response)
          .catch(() => response.destroy())
          .finally(() => pending.delete(answering));
        pending.add(answering);
      });
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await Promise.all(pending);
    },
  };
}

const toPort = (address: string | AddressInfo | null) => (typeof address === 'object' ? address?.port : undefined) ?? 0;
