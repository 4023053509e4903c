import { z } from 'zod';
import { widgetIds } from './widgets.ts';

/** The four meanings that a page knows; each is told by a glyph and words, never by its colour alone. */
const liveLevels = ['well', 'attention', 'broken', 'unknown'] as const;
export const liveLevelSchema = z.enum(liveLevels);
export type LiveLevel = z.infer<typeof liveLevelSchema>;

/** How a thing is, in few words: `6 of 6 pods ready`. */
export const liveStatusSchema = z.strictObject({ level: liveLevelSchema, words: z.string() });
export type LiveStatus = z.infer<typeof liveStatusSchema>;

/** Why an upstream gave no answer. */
export const liveFaults = [
  'timeout',
  'unreachable',
  'too-large',
  'unreadable',
  'unauthorised',
  'forbidden',
  'not-found',
  'rate-limited',
  'failing',
  'refused',
  'redirected',
  'resting',
  'busy',
] as const;
export const liveFaultSchema = z.enum(liveFaults);
export type LiveFault = z.infer<typeof liveFaultSchema>;

/** One thing that is wrong with an answer: which upstream, what, and what to do. Never an upstream's own text. */
export const liveTroubleSchema = z.strictObject({
  /** The cluster, instance or host as its operator named it: `prod-us`. */
  source: z.string(),
  fault: liveFaultSchema.or(z.enum(['not-configured', 'secret-missing', 'annotation-wrong'])),
  what: z.string(),
  mend: z.string(),
});
export type LiveTrouble = z.infer<typeof liveTroubleSchema>;

/** A way to the system that owns what is shown. */
export const liveLinkSchema = z.strictObject({ title: z.string(), url: z.url({ protocol: /^https?$/ }) });
export type LiveLink = z.infer<typeof liveLinkSchema>;

/** What became of a question. `partial`: some sources answered; `stale`: what is shown was read before it failed. */
const liveStates = ['ok', 'empty', 'partial', 'stale', 'failed', 'not-configured'] as const;

/** An answer of the proxy: the same frame around the data of every widget. */
export const toAnswerSchema = <Data extends z.ZodType>(data: Data) =>
  z.strictObject({
    version: z.literal(1),
    widget: z.enum(widgetIds),
    ref: z.string(),
    state: z.enum(liveStates),
    status: liveStatusSchema,
    /** When the oldest part of the data was read, in ISO 8601; absent without data. */
    readAt: z.string().optional(),
    /** In how many seconds asking again may bring something new. */
    again: z.number(),
    troubles: z.array(liveTroubleSchema),
    links: z.array(liveLinkSchema),
    /** What is shown is made up, for a demonstration. */
    demo: z.boolean().optional(),
    data: data.optional(),
  });

export type LiveAnswer<Data = unknown> = Omit<z.infer<ReturnType<typeof toAnswerSchema<z.ZodUnknown>>>, 'data'> & {
  data?: Data;
};

/** What `/api/live/status` says of one entity: the worst of its widgets, and each of them. */
export const liveStatusLineSchema = z.strictObject({
  ref: z.string(),
  status: liveStatusSchema,
  widgets: z.partialRecord(z.enum(widgetIds), liveStatusSchema),
  /** Who is on call first, where that is known. */
  onCall: z.array(z.string()).optional(),
});
export const liveStatusListSchema = z.strictObject({
  version: z.literal(1),
  again: z.number(),
  demo: z.boolean().optional(),
  entities: z.array(liveStatusLineSchema),
  /** References that the proxy's catalog does not have, or that have no widget. */
  unknown: z.array(z.string()),
});
export type LiveStatusLine = z.infer<typeof liveStatusLineSchema>;
export type LiveStatusList = z.infer<typeof liveStatusListSchema>;

/** Every refusal of the proxy. */
export const liveRefusalSchema = z.strictObject({
  error: z.strictObject({ code: z.string(), what: z.string(), mend: z.string() }),
});
export type LiveRefusal = z.infer<typeof liveRefusalSchema>;
