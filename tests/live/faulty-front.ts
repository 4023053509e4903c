import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { startLocally } from '../../scripts/demo/start.ts';

/** Does what an upstream in trouble does in place of an answer. */
type Misbehave = (response: ServerResponse) => void;

const say =
  (status: number, body = '', headers: Record<string, string> = {}): Misbehave =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };

/** Sends for as long as it is taken. */
function sendForever(response: ServerResponse): void {
  const chunk = Buffer.alloc(65_536, 0x20);
  const go = () => {
    while (!response.destroyed) if (!response.write(chunk)) return void response.once('drain', go);
  };
  response.writeHead(200, { 'content-type': 'application/json' });
  go();
}

/** The ways in which a system fails us. */
export const misdeeds = {
  hang: () => {},
  reset: (response) => response.destroy(),
  'a gigabyte': say(200, '', { 'content-length': '1000000000' }),
  'no end': sendForever,
  'half an answer': say(200, '{"items": ['),
  'a page': say(200, '<html>Sign in</html>', { 'content-type': 'text/html' }),
  'another shape': say(200, '"unexpected"'),
  'a redirect': say(302, '', { location: 'http://169.254.169.254/latest/meta-data/' }),
  401: say(401, '{"message":"no"}'),
  403: say(403, '{"message":"no"}'),
  404: say(404, '{"message":"no"}'),
  429: say(429, '{"message":"slow"}'),
  500: say(500, '{"message":"hunter-stack-trace"}'),
} as const satisfies Record<string | number, Misbehave>;
export type Misdeed = keyof typeof misdeeds;

/** Something before a system that passes questions on, or does not. */
export type Front = {
  url: string;
  /** Path and query of every question that came. */
  asked: string[];
  misbehave: (misdeed: Misdeed | undefined) => void;
  /** What the clock of the system says, in place of the time. */
  tellTime: (date: string | undefined) => void;
  stop: () => Promise<void>;
};

/** Makes a front before the system at an address. */
export async function createFront(target: string): Promise<Front> {
  const asked: string[] = [];
  let misdeed: Misdeed | undefined;
  let date: string | undefined;
  const pass = ({ url, method, headers }: IncomingMessage, response: ServerResponse) => {
    const onward = request(`${target}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...(date !== undefined && { date }) });
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    onward.end();
  };
  const { url, stop } = await startLocally((incoming, response) => {
    asked.push(incoming.url ?? '');
    if (misdeed === undefined) pass(incoming, response);
    else misdeeds[misdeed](response);
  });
  return {
    url,
    asked,
    misbehave: (next) => {
      misdeed = next;
    },
    tellTime: (next) => {
      date = next;
    },
    stop,
  };
}
