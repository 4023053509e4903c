import { connect, type Socket } from 'node:net';

/** What a load came to: requests that were answered, how long they took in milliseconds, and how many answers were not 200. */
export type Load = { requests: number; seconds: number; median: number; p99: number; worst: number; failed: number };

type Asked = {
  port: number;
  /** Each connection asks for one after the other. */
  paths: readonly string[];
  connections: number;
  seconds: number;
  /** How long each connection waits before it asks again, in milliseconds. */
  pause?: number;
};

/** Asks on so many connections, each asking again when it was answered. */
export async function runLoad({ port, paths, connections, seconds, pause = 0 }: Asked): Promise<Load> {
  const requests = paths.map((path) =>
    Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: application/json\r\n\r\n`),
  );
  const times: number[] = [];
  const tally = { failed: 0 };
  const started = performance.now();
  const end = started + seconds * 1000;
  const lanes = Array.from({ length: connections }, (_, at) =>
    keepAsking({ port, requests, at, end, pause, times, tally }),
  );
  await Promise.all(lanes);
  const took = (performance.now() - started) / 1000;
  const sorted = Float64Array.from(times).toSorted();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { requests: times.length, seconds: took, median: at(0.5), p99: at(0.99), worst: at(1), failed: tally.failed };
}

type Lane = {
  port: number;
  requests: readonly Buffer[];
  /** Which of them comes first. */
  at: number;
  end: number;
  pause: number;
  times: number[];
  tally: { failed: number };
};

/** One connection. An answer is whole when as many bytes of body came as its head says. */
function keepAsking({ port, requests, at, end, pause, times, tally }: Lane): Promise<void> {
  return new Promise((done) => {
    const socket: Socket = connect(port, '127.0.0.1');
    let asked = 0;
    let head = '';
    let wanted = -1;
    let next = at;
    const ask = () => {
      if (performance.now() >= end) return socket.destroy();
      [asked, head, wanted] = [performance.now(), '', -1];
      const request = requests[next % requests.length];
      next += 1;
      return request && socket.write(request);
    };
    socket.setNoDelay(true);
    socket.on('connect', ask);
    socket.on('data', (chunk) => {
      if (wanted < 0) {
        head += chunk.toString('latin1');
        const border = head.indexOf('\r\n\r\n');
        if (border < 0) return;
        if (!head.startsWith('HTTP/1.1 200')) tally.failed += 1;
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
        wanted = length - (head.length - border - 4);
      } else wanted -= chunk.length;
      if (wanted > 0) return;
      times.push(performance.now() - asked);
      if (pause === 0) ask();
      else setTimeout(ask, pause);
    });
    socket.on('error', () => {
      tally.failed += 1;
    });
    socket.on('close', () => done());
  });
}
