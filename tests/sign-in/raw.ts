import { request } from 'node:http';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** An answer as it came, without anything followed or unpacked. */
export type RawAnswer = {
  status: number;
  /** Values that came several times stay apart in `cookies` alone. */
  headers: Readonly<Record<string, string>>;
  cookies: readonly string[];
  text: string;
};

export type RawQuestion = { method?: string; headers?: Readonly<Record<string, string>>; body?: string };

/** Asks for a target exactly as it is written: no dots are resolved, nothing is encoded, no header is added. */
export function askRaw(origin: string, target: string, question: RawQuestion = {}): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(origin);
  const { method = 'GET', headers = {}, body } = question;
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((done, fail) => {
    const asking = request(
      { host: hostname, port, path: target, method, headers: { host, ...headers, ...length }, agent: false },
      async (answer) => {
        const { 'set-cookie': cookies = [], ...rest } = answer.headers;
        const plain = Object.entries(rest).map(([name, value]) => [name, String(value)]);
        const text = (await buffer(answer)).toString('latin1');
        done({ status: answer.statusCode ?? 0, headers: Object.fromEntries(plain), cookies, text });
      },
    );
    asking.on('error', fail);
    asking.end(body);
  });
}

/** Sends bytes that no client would send; answers with all that comes back. */
export function sendBytes(origin: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(origin);
  return new Promise((done, fail) => {
    const socket = connect(Number(port), hostname);
    buffer(socket).then((all) => done(all.toString('latin1')), fail);
    socket.write(bytes, 'latin1');
  });
}
