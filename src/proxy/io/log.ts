import { type DestinationStream, destination as openDestination, pino } from 'pino';
import type { AuditLog } from '../audit.ts';

/** Makes the log of the proxy: a line of JSON for each request, and for what its operator ought to know. */
export function createAuditLog(destination?: DestinationStream): AuditLog & { flush: () => void } {
  const own = destination ? undefined : openDestination({ dest: 1, sync: false, minLength: 4096 });
  const log = pino(
    { base: { program: 'portolan-proxy' }, redact: secretPaths },
    destination ?? own ?? openDestination(1),
  );
  const beat = own && setInterval(() => own.flush(), 1_000).unref();
  return {
    request: (line) => log.info(line, 'request'),
    problem: (what, about = {}) => log.warn(about, what),
    flush: () => {
      clearInterval(beat);
      own?.flushSync();
    },
  };
}

/** No field of ours has such a name; should one get it, its value is not written. */
const secretPaths = ['authorization', 'cookie', 'token', 'secret', 'password', 'headers', 'body', 'query'].flatMap(
  (name) => [name, `*.${name}`],
);
