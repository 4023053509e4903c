import { z } from 'zod';

/** The envelope that every catalog document shares. What a kind adds in `spec` is its row of the kinds table. */
export const entitySchema = z.looseObject({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata: z.looseObject({
    name: z.string().min(1),
    namespace: z.string().optional(),
    title: z.string().min(1).optional(),
    description: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
    tags: z.array(z.string().min(1)).optional(),
    links: z
      .array(
        z.looseObject({
          url: z.string().min(1),
          title: z.string().min(1).optional(),
          icon: z.string().min(1).optional(),
          type: z.string().min(1).optional(),
        }),
      )
      .optional(),
  }),
  spec: z.record(z.string(), z.unknown()).optional(),
});

export type Entity = z.infer<typeof entitySchema>;
