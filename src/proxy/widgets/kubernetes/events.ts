import { z } from 'zod';
import { count, findTime, maybe, text, toMessage, toWord } from './shape.ts';

/** What is read of an event. */
export const eventSchema = z.object({
  type: text,
  reason: text,
  message: text,
  count,
  firstTimestamp: text,
  lastTimestamp: text,
  eventTime: text,
  series: maybe(z.object({ count, lastObservedTime: text })),
});

export type EventFacts = {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  count: number;
  firstAt?: string;
  lastAt?: string;
};

/** An event as it is shown. */
export function toEventFacts(event: z.infer<typeof eventSchema>): EventFacts {
  const firstAt = findTime(event.firstTimestamp ?? event.eventTime);
  const lastAt = findTime(event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime);
  return {
    type: event.type === 'Warning' ? 'Warning' : 'Normal',
    reason: toWord(event.reason ?? ''),
    message: toMessage(event.message ?? ''),
    count: event.series?.count ?? event.count ?? 1,
    ...(firstAt !== undefined && { firstAt }),
    ...(lastAt !== undefined && { lastAt }),
  };
}
