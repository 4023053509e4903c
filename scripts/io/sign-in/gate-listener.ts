import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { createGate } from '../../sign-in/gate.ts';
import { toSafetyHeaders } from '../../sign-in/headers.ts';
import type { Answer, Asked } from '../../sign-in/ports.ts';
import type { Session } from '../../sign-in/session.ts';

/** What stands behind a gate: a listener for those who were let in, and one for probes. */
export type Behind = { site: RequestListener; probe: RequestListener };

/** A gate before listeners, and who asks by a request that it let through. Should it fail, nobody is let in. */
export function createGateListener(gate: ReturnType<typeof createGate>) {
  const sessions = new WeakMap<IncomingMessage, Session>();
  const toListener =
    ({ site, probe }: Behind): RequestListener =>
    async (request, response) => {
      const admission = await gate(toAsked(request)).catch(() => undefined);
      if (admission?.kind === 'probe') return probe(request, response);
      if (admission?.kind === 'answer') return send(response, admission.answer, request.method !== 'HEAD');
      if (!admission) return send(response, broken, request.method !== 'HEAD');
      sessions.set(request, admission.session);
      return site(request, response);
    };
  return { toListener, findSession: (request: IncomingMessage) => sessions.get(request) };
}

const broken: Answer = {
  status: 500,
  headers: { ...toSafetyHeaders(false), 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  cookies: [],
  body: 'The portal failed.\n',
};

function toAsked({ method = '', url = '', headers, socket }: IncomingMessage): Asked {
  return {
    method,
    target: url,
    address: socket.remoteAddress ?? '',
    findHeader: (name) => {
      const value = headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
  };
}

function send(response: ServerResponse, { status, headers, cookies, body }: Answer, isBodyWanted: boolean): void {
  // What a request brings along is not read.
  const isOver = response.req.method !== 'GET' && response.req.method !== 'HEAD';
  response.writeHead(status, {
    ...headers,
    ...(cookies.length > 0 && { 'set-cookie': [...cookies] }),
    ...(isOver && { connection: 'close' }),
    'content-length': Buffer.byteLength(body),
  });
  response.end(isBodyWanted ? body : undefined);
}
