import { createHash } from 'node:crypto';

/** What the server says to one request. */
export type Answer = {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  /** What it took from the hour's budget. */
  points?: number;
};

/** An answer whose body is JSON. */
export function toJsonAnswer(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  const type = { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers: { ...type, ...headers }, body: Buffer.from(JSON.stringify(value)) };
}

/** A refusal in GitHub's words. */
export function toRefusal(status: number, message: string, headers: Record<string, string> = {}): Answer {
  const body = { message, documentation_url: 'https://docs.github.com/rest', status: String(status) };
  return toJsonAnswer(body, status, headers);
}

export const notFound = (): Answer => toRefusal(404, 'Not Found');

/** Turns an answer into 304 where the client has it already. */
export function toConditional(answer: Answer, condition: string | undefined): Answer {
  if (answer.status !== 200) return answer;
  const etag = `W/"${createHash('sha256').update(answer.body).digest('hex')}"`;
  const headers = { ...answer.headers, etag, 'cache-control': 'private, max-age=60, s-maxage=60' };
  const known = (condition ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (!known.includes(etag.slice(2))) return { ...answer, headers };
  return { status: 304, headers: { etag, 'cache-control': headers['cache-control'] }, body: Buffer.alloc(0) };
}
