import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** The three ways in. */
export type CallKind = 'rest' | 'graphql' | 'git';

/** One request, read whole. */
export type Call = {
  kind: CallKind;
  method: string;
  /** The path below the way in: `/repos/acme/checkout` for REST. */
  path: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: Buffer;
};

/** The version of GitHub Enterprise Server that this one passes for. */
export const enterpriseVersion = '3.19.0';

const restPrefix = '/api/v3';

/** Reads a request and says by which way it came in; GitHub Enterprise's addresses are used. */
export async function readCall(request: IncomingMessage): Promise<Call> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method = 'GET', headers } = request;
  return { ...toWay(url.pathname), method, url, headers, body: Buffer.concat(chunks) };
}

function toWay(path: string): Pick<Call, 'kind' | 'path'> {
  if (path === '/api/graphql') return { kind: 'graphql', path };
  if (path === restPrefix || path.startsWith(`${restPrefix}/`))
    return { kind: 'rest', path: path.slice(restPrefix.length) || '/' };
  return { kind: 'git', path };
}
