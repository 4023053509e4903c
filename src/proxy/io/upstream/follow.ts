import type { Dispatcher } from 'undici';
import type { LiveFault } from '#model/live/answer.ts';
import type { Credential } from '../../settings.ts';
import type { Upstream, UpstreamQuestion, UpstreamStream } from '../../upstream.ts';
import { followBody } from './body.ts';
import { discard, fetchCredential, findFault, inTime, toHeaders } from './exchange.ts';
import { toErrorFault } from './faults.ts';
import { findPath, type Target } from './target.ts';

type Followed = {
  dispatcher: Dispatcher;
  target: Target;
  credential: Credential | undefined;
  limits: { streams: number; whole: number; maxBytes: number };
  now: () => number;
};

/** Aborts when either the viewer leaves, or what is asked for has not begun in time. */
function createPatience(signal: AbortSignal, milliseconds: number) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), milliseconds);
  return { signal: AbortSignal.any([signal, late.signal]), stop: () => clearTimeout(timer) };
}

async function open(followed: Followed, question: UpstreamQuestion, path: string, signal: AbortSignal) {
  const credential = await fetchCredential(followed.credential);
  if (!credential) return undefined;
  const headers = toHeaders({ accept: '*/*', ...question }, credential, 'identity');
  return followed.dispatcher.request({ path, method: 'GET', headers, signal });
}

/** Why an answer cannot be followed; text that comes packed was not asked for. */
function findStreamFault(response: Dispatcher.ResponseData, now: number): LiveFault | undefined {
  const isPacked = (response.headers['content-encoding'] ?? 'identity') !== 'identity';
  const fault = findFault(response, now)?.fault ?? (isPacked ? 'unreadable' : undefined);
  if (fault !== undefined) discard(response.body);
  return fault;
}

/**
 * Makes what follows a stream of text: so many at once, so many bytes each, begun within the time of a question and then as
 * long as something comes and the viewer stays.
 */
export function createFollow(followed: Followed): Upstream['follow'] {
  const { limits, target, now } = followed;
  let running = 0;
  const begin = async (question: UpstreamQuestion, path: string, viewer: AbortSignal): Promise<UpstreamStream> => {
    const patience = createPatience(viewer, limits.whole);
    const release = () => {
      patience.stop();
      running -= 1;
    };
    running += 1;
    try {
      const response = await inTime(patience.signal, open(followed, question, path, patience.signal));
      patience.stop();
      const fault = response ? findStreamFault(response, now()) : 'unauthorised';
      if (!response || fault !== undefined) {
        release();
        return { kind: 'fault', fault: fault ?? 'unauthorised' };
      }
      response.body.once('close', release);
      response.body.on('error', () => {});
      return { kind: 'stream', chunks: followBody(response.body, question.maxBytes ?? limits.maxBytes) };
    } catch (error) {
      release();
      return { kind: 'fault', fault: patience.signal.aborted ? 'timeout' : toErrorFault(error) };
    }
  };
  return async (question, signal) => {
    const path = findPath(target, question);
    if (path === undefined) return { kind: 'fault', fault: 'refused' };
    return running >= limits.streams ? { kind: 'fault', fault: 'busy' } : begin(question, path, signal);
  };
}
