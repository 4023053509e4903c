import { answerHeaders, toRefusal } from '../refusals.ts';
import { defineProbe } from './define.ts';

const toWell = () => new Response(JSON.stringify({ ok: true }), { headers: answerHeaders });

/** Whether the proxy runs. */
export const healthProbe = defineProbe({ name: 'healthz', path: '/healthz', answer: toWell });

/** Whether the proxy can answer: it has read the catalog. */
export const readyProbe = defineProbe({
  name: 'readyz',
  path: '/readyz',
  answer: ({ findCatalog }) => (findCatalog() ? toWell() : toRefusal('no-catalog')),
});
