import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from './answer.ts';

/** How an answer is brought: never, cut off by a reset, ended too early, or in drops. */
export type Delivery = 'hang' | 'reset' | 'truncated' | 'drip';

/** Sends an answer whole, or as badly as the delivery says. */
export async function deliver(response: ServerResponse, answer: Answer, delivery?: Delivery): Promise<void> {
  await (delivery ? deliveries[delivery] : send)(response, answer);
}

type Deliver = (response: ServerResponse, answer: Answer) => Promise<void> | void;

const send: Deliver = (response, answer) => {
  begin(response, answer);
  response.end(answer.body);
};

function begin(response: ServerResponse, { status, headers, body }: Answer): void {
  const length = status === 304 || status === 204 ? {} : { 'content-length': String(body.length) };
  response.writeHead(status, { ...headers, ...length });
}

/** The first half of an answer, and then no more of it. */
const breakOff = (end: (response: ServerResponse) => void): Deliver => {
  return async (response, answer) => {
    begin(response, answer);
    await new Promise((resolve) => response.write(answer.body.subarray(0, answer.body.length >> 1), resolve));
    end(response);
  };
};

const drops = 40;

const deliveries: Record<Delivery, Deliver> = {
  // A client may have gone away before it could be kept waiting.
  hang: async (response) => void (response.closed || (await once(response, 'close'))),
  reset: breakOff((response) => response.socket?.resetAndDestroy()),
  truncated: breakOff((response) => response.socket?.destroySoon()),
  drip: async (response, answer) => {
    begin(response, answer);
    const size = Math.max(1, Math.ceil(answer.body.length / drops));
    for (let at = 0; at < answer.body.length && !response.destroyed; at += size) {
      response.write(answer.body.subarray(at, at + size));
      await wait(25);
    }
    response.end();
  },
};
