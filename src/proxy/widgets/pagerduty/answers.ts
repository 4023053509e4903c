import { z } from 'zod';
import { capped } from '../../texts/capped.ts';

const words = z.string().nullish().catch(undefined);

export const serviceAnswer = z.object({
  service: z.object({
    id: z.string(),
    name: words,
    summary: words,
    status: words,
    html_url: words,
    escalation_policy: z.object({ id: z.string() }).nullish().catch(undefined),
  }),
});
export type ServiceAnswer = z.infer<typeof serviceAnswer>;

/** Services that were searched by the key of an integration; whether the key is shown hangs on the credential. */
export const searchAnswer = z.object({
  services: capped(
    z.object({
      id: z.string(),
      integrations: capped(z.object({ integration_key: words }), 100).nullish(),
    }),
    100,
  ),
});
export type SearchAnswer = z.infer<typeof searchAnswer>;

/** Of a person only the name is read. */
export const onCallAnswer = z.object({
  escalation_level: z.number(),
  start: words,
  end: words,
  user: z.object({ name: words, summary: words }).nullish(),
});
export const onCallsAnswer = z.object({ oncalls: z.array(z.unknown()) });

export const incidentAnswer = z.object({
  incident_number: z.number(),
  title: words,
  summary: words,
  status: z.enum(['triggered', 'acknowledged']),
  urgency: z.enum(['high', 'low']).catch('high'),
  created_at: z.string(),
  html_url: words,
});
export const incidentsAnswer = z.object({ incidents: z.array(z.unknown()), more: z.boolean().nullish() });
