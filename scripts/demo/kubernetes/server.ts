import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { findList, findPlace } from './lists.ts';
import { findLog, findLogPlace, writeLog } from './logs.ts';
import { notAllowed, type Refusal, toStatus, unauthorised } from './status.ts';
import type { ClusterWorld } from './world.ts';

function send(response: ServerResponse, code: number, value: object): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

const refuse = (response: ServerResponse, refusal: Refusal) => send(response, refusal.code, toStatus(refusal));

const isLetIn = ({ token }: ClusterWorld, { headers }: IncomingMessage) =>
  token === undefined || headers.authorization === `Bearer ${token}`;

function sendVersion(response: ServerResponse, { version }: ClusterWorld): void {
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
  send(response, 200, { major, minor, gitVersion: version, platform: 'linux/amd64' });
}

function sendLog(world: ClusterWorld, url: URL, response: ServerResponse, now: () => number): boolean {
  const place = findLogPlace(url.pathname);
  if (!place) return false;
  const log = findLog(world, place, url.searchParams);
  if ('code' in log) refuse(response, log);
  else void writeLog(log, url.searchParams, response, now);
  return true;
}

function sendList(world: ClusterWorld, url: URL, request: IncomingMessage, response: ServerResponse): void {
  const place = findPlace(world, url.pathname);
  if (!place) {
    response.writeHead(404, { 'content-type': 'text/plain' });
    response.end('404 page not found\n');
    return;
  }
  const found = findList(world, place, url.searchParams, request.headers.accept ?? '');
  if ('value' in found) send(response, 200, found.value);
  else refuse(response, found);
}

/** Answers as the API server of a cluster does, for reading alone. */
export function createApiServer(toWorld: () => ClusterWorld, now: () => number): RequestListener {
  return (request, response) => {
    const world = toWorld();
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!isLetIn(world, request)) refuse(response, unauthorised);
    else if (request.method !== 'GET') refuse(response, notAllowed);
    else if (url.pathname === '/version') sendVersion(response, world);
    else if (!sendLog(world, url, response, now)) sendList(world, url, request, response);
  };
}
