import { once } from 'node:events';
import type { Server } from 'node:http';

const attempts = 50;

/** Listens on `port`, 0 for any; answers with the port, or undefined where it is taken. Other failures are thrown. */
async function findPort(server: Server, port: number, host: string): Promise<number | undefined> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return undefined;
    throw error;
  }
  const address = server.address();
  return typeof address === 'object' ? address?.port : undefined;
}

/** Listens on the first free port from `first` upwards (0: any port) and says which one it is. */
export async function listen(server: Server, first: number, host = '127.0.0.1'): Promise<number> {
  for (let port = first; port < first + attempts; port += 1) {
    const found = await findPort(server, port, host);
    if (found !== undefined) return found;
  }
  throw new Error(`The ports from ${first} to ${first + attempts - 1} are all taken. Name another one with --port.`);
}
