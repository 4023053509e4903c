import type { CustomFetch } from 'openid-client';

const mostBytes = 1024 * 1024;

/** Asks an issuer: no redirects, no answer larger than such answers are. */
export const fetchOfIssuer: CustomFetch = async (url, { headers, method, body, signal }) => {
  const answer = await fetch(url, {
    ...{ headers, method, redirect: 'manual' },
    ...(body instanceof URLSearchParams || typeof body === 'string' ? { body } : {}),
    ...(signal && { signal }),
  });
  const bytes = await readBody(answer);
  const isEmpty = answer.status === 204 || answer.status === 304;
  return new Response(isEmpty ? null : bytes, { status: answer.status, headers: toPlainHeaders(answer.headers) });
};

/** Asks GitHub for a token, which says what is wrong with 200: https://docs.github.com/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-oauth-app-access-token-request-errors */
export const fetchOfGithub: CustomFetch = async (url, options) => {
  const answer = await fetchOfIssuer(url, options);
  const text = await answer.clone().text();
  const isError = answer.status === 200 && /^\s*\{\s*"error"\s*:/.test(text);
  return isError ? new Response(text, { status: 400, headers: answer.headers }) : answer;
};

async function readBody(answer: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body ?? []) {
    length += chunk.length;
    if (length > mostBytes) throw new Error('the answer is too large');
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** The body is unpacked already. */
function toPlainHeaders(headers: Headers): Headers {
  const plain = new Headers(headers);
  plain.delete('content-encoding');
  plain.delete('content-length');
  return plain;
}
