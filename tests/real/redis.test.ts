import { describeSharedStore } from '../live/shared-store-contract.ts';
import { startRealRedis } from './redis.ts';

describeSharedStore('a real Redis or Valkey', startRealRedis);
