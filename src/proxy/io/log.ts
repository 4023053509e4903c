import { type DestinationStream, destination as openDestination, pino } from 'pino';
import type { AuditLog } from '../audit.ts';

/** No field of ours has such a name; should something that is told have one, its value is not written. */
const secretPaths = ['authorization', 'cookie', 'token', 'secret', 'password', 'headers', 'body', 'query'];

const base = { program: 'portolan-proxy' };

/** Where lines go; what is kept back for a moment is written when told. */
type Output = DestinationStream & { flush?: () => void; flushSync?: () => void };

const openOutput = (): Output => openDestination({ dest: 1, sync: false, minLength: 4096 });

/** Makes the log of the proxy: a line of JSON for each request, and for what its operator ought to know. */
export function createAuditLog(output: Output = openOutput()): AuditLog & { flush: () => void } {
  const beat = setInterval(() => output.flush?.(), 1_000).unref();
  const requests = pino({ base }, output);
  const problems = pino({ base, redact: secretPaths }, output);
  return {
    request: (line) => requests.info(line, 'request'),
    problem: (what, about = {}) => problems.warn(about, what),
    flush: () => {
      clearInterval(beat);
      output.flushSync?.();
    },
  };
}
