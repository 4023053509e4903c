import type { RequestListener } from 'node:http';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Meter } from '../meter.ts';

/** What was counted, and where it can be read. */
export type Metrics = { meter: Meter; listener: RequestListener; toText: () => Promise<string>; clear: () => void };

const answerSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const upstreamSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10];

/** Makes the counters of the proxy, and of its process, in a registry of their own. */
export function createMetrics(version: string): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Counter({
    name: 'portolan_proxy_build',
    help: 'Always 1; its label says which version runs.',
    labelNames: ['version'],
    registers: [registry],
  }).inc({ version });
  const toText = () => registry.metrics();
  return {
    meter: createMeter(registry),
    toText,
    listener: createListener(toText, registry.contentType),
    clear: () => registry.clear(),
  };
}

function createMeter(registry: Registry): Meter {
  const registers = [registry];
  const views = new Counter({
    name: 'portolan_proxy_views_total',
    help: 'Answers, by widget and by what became of the question.',
    labelNames: ['widget', 'state'],
    registers,
  });
  const answered = new Histogram({
    name: 'portolan_proxy_answer_seconds',
    help: 'How long an answer took, by widget.',
    labelNames: ['widget'],
    buckets: answerSeconds,
    registers,
  });
  const calls = new Counter({
    name: 'portolan_proxy_upstream_calls_total',
    help: 'Questions to upstreams, by upstream and outcome.',
    labelNames: ['upstream', 'outcome'],
    registers,
  });
  const called = new Histogram({
    name: 'portolan_proxy_upstream_seconds',
    help: 'How long an upstream took to answer.',
    labelNames: ['upstream'],
    buckets: upstreamSeconds,
    registers,
  });
  const cache = new Counter({
    name: 'portolan_proxy_cache_total',
    help: 'Pieces that were wanted, by upstream and by where they came from.',
    labelNames: ['upstream', 'state'],
    registers,
  });
  return {
    viewed: (widget, state, milliseconds) => {
      views.inc({ widget, state });
      answered.observe({ widget }, milliseconds / 1000);
    },
    asked: (upstream, outcome, milliseconds) => {
      calls.inc({ upstream, outcome });
      called.observe({ upstream }, milliseconds / 1000);
    },
    cached: (upstream, state) => cache.inc({ upstream, state }),
  };
}

function createListener(toText: () => Promise<string>, contentType: string): RequestListener {
  return async (request, response) => {
    const isAsked = request.url === '/metrics' && (request.method === 'GET' || request.method === 'HEAD');
    const text = isAsked ? await toText().catch(() => undefined) : 'Only GET /metrics is answered.\n';
    const status = isAsked ? (text === undefined ? 500 : 200) : 404;
    response.writeHead(status, { 'content-type': isAsked ? contentType : 'text/plain', 'cache-control': 'no-store' });
    response.end(request.method === 'HEAD' ? undefined : text);
  };
}
