import { parentPort } from 'node:worker_threads';
import { createPreparer } from './docs/prepare-pages.ts';
import type { PageOrder } from './io/docs-workers.ts';
import { createHost } from './io/host.ts';

const preparer = createPreparer(createHost(import.meta.url));

parentPort?.on('message', (order: PageOrder) => {
  if (order.frame) preparer.open(order.frame);
  else if (order.close !== undefined) preparer.close(order.close);
  else if (order.slice) parentPort?.postMessage(preparer.prepare(order.tree, order.slice));
});
