import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createMetrics } from './metrics.ts';

test('counts views, calls and pieces apart from those of another proxy', async () => {
  const { meter, toText } = createMetrics('1.2.3');
  meter.viewed('github', 'ok', 3);
  meter.viewed('github', 'ok', 700);
  meter.viewed('status', 'ok', 1);
  meter.asked('kubernetes/prod-us', 'timeout', 5_000);
  meter.cached('kubernetes/prod-us', 'joined');
  const text = await toText();
  for (const line of [
    'portolan_proxy_views_total{widget="github",state="ok"} 2',
    'portolan_proxy_answer_seconds_bucket{le="0.005",widget="github"} 1',
    'portolan_proxy_upstream_calls_total{upstream="kubernetes/prod-us",outcome="timeout"} 1',
    'portolan_proxy_upstream_seconds_sum{upstream="kubernetes/prod-us"} 5',
    'portolan_proxy_cache_total{upstream="kubernetes/prod-us",state="joined"} 1',
    'portolan_proxy_build{version="1.2.3"} 1',
  ])
    expect(text).toContain(`${line}\n`);
  expect(text).toContain('process_cpu_seconds_total');
  expect(await createMetrics('1.2.3').toText()).not.toContain('widget="github"');
});

test.each([
  ['GET', '/metrics', 200],
  ['HEAD', '/metrics', 200],
  ['POST', '/metrics', 404],
  ['GET', '/', 404],
  ['GET', '/metrics/../x', 404],
])('answers %s %s with %i', async (method, path, status) => {
  const server = createServer(createMetrics('1').listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
  expect(response.status).toBe(status);
  await response.text();
  server.closeAllConnections();
  server.close();
});
