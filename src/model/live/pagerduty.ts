import { z } from 'zod';

/** What the PagerDuty widget shows: names only, no addresses and no numbers. */
export const pagerdutySchema = z.strictObject({
  service: z.strictObject({ name: z.string(), url: z.string().optional() }),
  /** By escalation level, the first level first. */
  onCall: z.array(z.strictObject({ level: z.number(), names: z.array(z.string()), until: z.string().optional() })),
  /** Triggered ones first, the latest first. */
  incidents: z.array(
    z.strictObject({
      number: z.number(),
      title: z.string(),
      status: z.enum(['triggered', 'acknowledged']),
      urgency: z.enum(['high', 'low']),
      openedAt: z.string(),
      url: z.string().optional(),
    }),
  ),
  moreIncidents: z.boolean(),
});
export type PagerdutyData = z.infer<typeof pagerdutySchema>;
