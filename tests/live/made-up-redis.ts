import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { RudeRedis } from './shared-store-contract.ts';

type Kept = Map<string, { text: string; until: number }>;

const bulk = (text: string | undefined) => (text === undefined ? '$-1\r\n' : `$${text.length}\r\n${text}\r\n`);

/** Until when an option says that a key lives. */
function toEnd(options: readonly string[]): number {
  const [unit = '', amount = ''] = options;
  const factor = { EX: 1000, PX: 1 }[unit];
  return factor === undefined ? Number.POSITIVE_INFINITY : Date.now() + Number(amount) * factor;
}

const find = (kept: Kept, key: string) => {
  const found = kept.get(key);
  return found && found.until > Date.now() ? found.text : undefined;
};

/** The few commands that are asked, as Redis answers them. */
const commands: Record<string, (kept: Kept, ...args: string[]) => string> = {
  ping: () => '+PONG\r\n',
  info: () => bulk('redis_version:7.0.15\r\nloading:0\r\n'),
  client: () => '+OK\r\n',
  get: (kept, key = '') => bulk(find(kept, key)),
  set: (kept, key = '', text = '', ...options) => {
    if (options.includes('NX') && find(kept, key) !== undefined) return bulk(undefined);
    kept.set(key, { text, until: toEnd(options) });
    return '+OK\r\n';
  },
  del: (kept, key = '') => `:${kept.delete(key) ? 1 : 0}\r\n`,
};

/** Takes one command off the front of what was received, which is an array of strings; nothing while some of it is missing. */
function takeCommand(received: string): { args: string[]; length: number } | undefined {
  const count = /^\*(\d+)\r\n/.exec(received);
  let at = count?.[0].length ?? 0;
  const args: string[] = [];
  while (args.length < Number(count?.[1])) {
    const head = /^\$(\d+)\r\n/.exec(received.slice(at, at + 16));
    const from = at + (head?.[0].length ?? 0);
    const end = from + Number(head?.[1]);
    if (!head || received.length < end + 2) return undefined;
    args.push(received.slice(from, end));
    at = end + 2;
  }
  return count ? { args, length: at } : undefined;
}

/** Starts a server of this machine that speaks as Redis does, as far as we ask it. */
export async function startMadeUpRedis(): Promise<RudeRedis> {
  let kept: Kept = new Map();
  let isFrozen = false;
  let held: (() => void)[] = [];
  const sockets = new Set<Socket>();
  const answer = (socket: Socket, args: string[]) => {
    const [name = '', ...others] = args;
    socket.write(commands[name.toLowerCase()]?.(kept, ...others) ?? '-ERR unknown command\r\n', 'latin1');
  };
  const serve = (socket: Socket) => {
    sockets.add(socket);
    let received = '';
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      received += chunk;
      for (let command = takeCommand(received); command; command = takeCommand(received)) {
        const { args, length } = command;
        received = received.slice(length);
        if (isFrozen) held.push(() => answer(socket, args));
        else answer(socket, args);
      }
    });
  };
  const server = createServer(serve);
  const start = (wanted: number) => new Promise<void>((ready) => server.listen(wanted, '127.0.0.1', ready));
  await start(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `redis://127.0.0.1:${port}`,
    spoil: async (text) => {
      for (const key of kept.keys()) kept.set(key, { text, until: Number.POSITIVE_INFINITY });
    },
    listKeys: async () => [...kept.keys()],
    freeze: () => {
      isFrozen = true;
    },
    thaw: () => {
      isFrozen = false;
      for (const answerNow of held) answerNow();
      held = [];
    },
    stop: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
    restart: () => {
      kept = new Map();
      return start(port);
    },
  };
}
