import { z } from 'zod';
import { type Answer, type AnswerError, findWholeFault, toFault } from '../../github/faults.ts';
import { redact } from '../../github/redact.ts';

const errorsSchema = z.array(
  z.object({
    type: z.string().optional(),
    message: z.string(),
    path: z.array(z.union([z.string(), z.number()])).optional(),
    extensions: z.object({ code: z.string().optional() }).optional(),
  }),
);

const headersSchema = z.record(z.string(), z.unknown());
const graphqlErrorSchema = z.object({ errors: errorsSchema, data: z.unknown(), headers: headersSchema.optional() });
const requestErrorSchema = z.object({
  status: z.number(),
  message: z.string(),
  response: z.object({ headers: headersSchema }).optional(),
});

/** Reads what octokit throws: refused parts of an answer, a refused request, or a host that cannot be reached. */
export function toAnswer(error: unknown, secrets: Iterable<string>): Answer {
  const refused = graphqlErrorSchema.safeParse(error).data;
  if (refused) {
    const errors: AnswerError[] = refused.errors.map(({ type, message, path = [], extensions }) => ({
      ...((type ?? extensions?.code) ? { type: type ?? extensions?.code } : {}),
      message: redact(message, secrets),
      path,
    }));
    const fault = findWholeFault(errors);
    if (fault === undefined && refused.data !== null && refused.data !== undefined)
      return { data: refused.data, errors };
    return { fault: fault ?? 'invalid', message: errors[0]?.message ?? '', ...toReset(refused.headers) };
  }
  const failed = requestErrorSchema.safeParse(error).data;
  const message = redact(error instanceof Error ? error.message : String(error), secrets);
  if (isTimeout(error)) return { fault: 'heavy', message: 'no answer in time' };
  if (failed?.response === undefined) return { fault: 'unreachable', message };
  const { headers } = failed.response;
  return { fault: toFault(failed.status, message, headers), message, ...toReset(headers) };
}

/** When a limit is reset that an answer says is used up. */
function toReset(headers: Record<string, unknown> = {}): { resetAt?: string } {
  const seconds = headers['x-ratelimit-remaining'] === '0' ? Number(headers['x-ratelimit-reset']) : Number.NaN;
  // What is no time, or none that there will ever be, says nothing.
  const isTime = seconds > 0 && seconds < latestSecond;
  return isTime ? { resetAt: new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z') } : {};
}

const latestSecond = 8.64e12;

function isTimeout(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1)
    if (cause.name === 'TimeoutError' || cause.name === 'AbortError') return true;
  return false;
}
