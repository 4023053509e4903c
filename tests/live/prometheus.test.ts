import { createPrometheus } from '../../scripts/demo/prometheus/server.ts';
import { startLocally } from '../../scripts/demo/start.ts';
import { describePrometheus } from './prometheus-contract.ts';
import { toWorld } from './prometheus-world.ts';

const token = 'a-token-of-the-suite';

describePrometheus(async () => ({ ...(await startLocally(createPrometheus(toWorld, Date.now, token))), token }));
