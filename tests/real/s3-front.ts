import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { startLocally } from '../../scripts/demo/start.ts';

/** One request, as it came: `PUT`, and the path with its query. */
export type Passed = { method: string; path: string };

/** What goes wrong on the way to the store and back. */
export const mishaps = {
  403: (response) => say(response, 403, 'AccessDenied'),
  404: (response) => say(response, 404, 'NoSuchKey'),
  503: (response) => say(response, 503, 'SlowDown'),
  /** Nothing arrives. */
  cut: (response) => response.destroy(),
} as const satisfies Record<string | number, (response: ServerResponse) => void>;

/** Beside them: the store does what it is asked, and its answer is cut in the middle. */
export type Mishap = keyof typeof mishaps | 'cut after';

/** Something before a store that passes requests on, counts them, and lets some of them go wrong. */
export type S3Front = {
  url: string;
  passed: Passed[];
  /** Chooses what goes wrong with a request; nothing where it does not. */
  choose: (choice: (request: Passed, at: number) => Mishap | undefined) => void;
  stop: () => Promise<void>;
};

function say(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`);
}

/** Makes a front before the store at an address. */
export async function createS3Front(target: string): Promise<S3Front> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const passed: Passed[] = [];
  let choice: (request: Passed, at: number) => Mishap | undefined = () => undefined;

  const pass = (incoming: IncomingMessage, response: ServerResponse, isCut: boolean) => {
    const { url, method, headers } = incoming;
    const onward = request(`${target}${url}`, { method, headers, agent }, (answer) => {
      if (isCut) {
        answer.resume();
        answer.once('end', () => response.destroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      pipeline(answer, response).catch(() => response.destroy());
    });
    onward.on('error', () => response.destroy());
    pipeline(incoming, onward).catch(() => onward.destroy());
  };
  const { url, stop } = await startLocally((incoming, response) => {
    const asked = { method: incoming.method ?? '', path: decodeURIComponent(incoming.url ?? '') };
    passed.push(asked);
    const mishap = choice(asked, passed.length);
    if (mishap === undefined || mishap === 'cut after') return pass(incoming, response, mishap !== undefined);
    incoming.resume();
    incoming.once('end', () => mishaps[mishap](response));
  });
  return {
    url,
    passed,
    choose: (next) => {
      choice = next;
    },
    stop: async () => {
      await stop();
      agent.destroy();
    },
  };
}
