import { z } from 'zod';
import { defineAnnotation } from './define.ts';

export const pagerdutyServiceId = defineAnnotation({
  key: 'pagerduty.com/service-id',
  title: 'PagerDuty service',
  schema: z.string().regex(/^[A-Z0-9]{5,20}$/),
  expects: 'the id of the service, as in the address of its page in PagerDuty: `PABC123`',
  missing: {
    kinds: ['Component'],
    brings: 'shows who is on call now and which incidents are open',
    toValue: () => 'PABC123',
  },
});
