import { createHash } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** What a made-up upstream says: JSON and a status. */
export type DemoAnswer = { status: number; body: unknown; headers?: Record<string, string> };

/** What a made-up upstream was asked. */
export type DemoQuestion = { path: string; query: URLSearchParams; header: (name: string) => string | undefined };

const toQuestion = ({ url = '/', headers }: IncomingMessage): DemoQuestion => {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  return {
    path: pathname,
    query: searchParams,
    header: (name) => {
      const value = headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
  };
};

function send(response: ServerResponse, { status, body, headers = {} }: DemoAnswer, tag: string | undefined): void {
  const text = JSON.stringify(body);
  const etag = `W/"${createHash('sha256').update(text).digest('hex')}"`;
  const isSame = status === 200 && tag === etag;
  response.writeHead(isSame ? 304 : status, {
    'content-type': 'application/json; charset=utf-8',
    ...(status === 200 && { etag }),
    ...headers,
  });
  response.end(isSame ? undefined : text);
}

/** A server that reads only: it answers GET by `answer`, with a tag that a later question may name. */
export function createDemoListener(answer: (question: DemoQuestion) => DemoAnswer): RequestListener {
  return (request, response) => {
    const question = toQuestion(request);
    if (request.method === 'GET') send(response, answer(question), question.header('if-none-match'));
    else send(response, { status: 405, body: { message: 'Only GET is answered here.' } }, undefined);
  };
}
