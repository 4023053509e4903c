import { startMadeUpRedis } from '../../../tests/live/made-up-redis.ts';
import { describeSharedStore } from '../../../tests/live/shared-store-contract.ts';

describeSharedStore('what speaks as Redis does', startMadeUpRedis);
