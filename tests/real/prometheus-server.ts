import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startLocally } from '../../scripts/demo/start.ts';
import { toCounted } from '../live/prometheus-world.ts';
import { toConfiguration, toHistoryFile, toRuleFile } from './prometheus-files.ts';
import { findFreePort, startProgram } from './start-program.ts';

/** The service that counts its orders. */
function startShop(): ReturnType<typeof startLocally> {
  const started = Date.now();
  return startLocally((_, response) => {
    const { orders, fast } = toCounted(Date.now() - started);
    const toCounter = (name: string, value: number) => `# TYPE ${name} counter\n${name}{service="checkout"} ${value}\n`;
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
    response.end(`${toCounter('shop_orders_total', orders)}${toCounter('shop_fast_total', fast)}`);
  });
}

function writeFiles(folder: string, target: string): string[] {
  const files = {
    'rules.yml': toRuleFile(),
    'prometheus.yml': toConfiguration(join(folder, 'rules.yml'), target),
    'history.txt': toHistoryFile(Date.now()),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const data = join(folder, 'data');
  execFileSync('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', join(folder, 'history.txt'), data], {
    stdio: 'pipe',
  });
  return [`--config.file=${join(folder, 'prometheus.yml')}`, `--storage.tsdb.path=${data}`];
}

/** Waits until the rules were evaluated and the alert that shall fire does. */
async function waitForRules(url: string): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const text = await (await fetch(`${url}/api/v1/alerts`)).text();
    const rate = await (await fetch(`${url}/api/v1/query?query=shop:orders:rate10s`)).text();
    if (/"firing"/.test(text) && /"value":\[[^,]*,"[1-9]/.test(rate)) return;
    await setTimeout(200);
  }
  throw new Error('Prometheus evaluated its rules, but no alert fires.');
}

/** Starts Prometheus on a free port of this machine, with the rules, the history and the alerts of the suite. */
export async function startPrometheus(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-prometheus-'));
  const shop = await startShop();
  const address = `127.0.0.1:${await findFreePort()}`;
  const url = `http://${address}`;
  const words = [
    ...writeFiles(folder, new URL(shop.url).host),
    `--web.listen-address=${address}`,
    '--storage.tsdb.retention.time=3d',
    '--log.level=warn',
  ];
  const program = await startProgram('prometheus', words, async () => (await fetch(`${url}/-/ready`)).ok);
  await waitForRules(url);
  return {
    url,
    stop: async () => {
      await program.stop();
      await shop.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
