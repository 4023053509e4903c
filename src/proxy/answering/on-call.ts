import { z } from 'zod';

const onCallSchema = z.object({ onCall: z.array(z.object({ level: z.number(), names: z.array(z.string()) })) });

/** A list names no more than these. */
const mostNames = 10;

/** Who is called first, where the data of a widget says who is on call. */
export function findOnCall(data: unknown): string[] | undefined {
  const parsed = onCallSchema.safeParse(data);
  if (!parsed.success || parsed.data.onCall.length === 0) return undefined;
  const { onCall } = parsed.data;
  const first = Math.min(...onCall.map(({ level }) => level));
  return [...new Set(onCall.filter(({ level }) => level === first).flatMap(({ names }) => names))].slice(0, mostNames);
}
