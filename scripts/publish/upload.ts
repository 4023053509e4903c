import { PortalError } from '../portal-error.ts';
import type { Store } from '../ports.ts';
import type { ReleasedFile } from './manifest.ts';
import type { Packer } from './pack.ts';
import type { PlannedFile } from './plan.ts';
import type { PublishTools } from './tools.ts';

/** How many bytes of files may be in memory at a time, before they are packed. */
const bytesInHand = 32 * 1024 * 1024;

/** What uploading works with. */
export type Uploading = {
  store: Store;
  packer: Packer;
  read: (path: string) => Promise<Uint8Array>;
  parallel: number;
  tools: Pick<PublishTools, 'zip' | 'md5' | 'digest' | 'signal'>;
  /** Told of each file that is done. */
  met: (file: ReleasedFile, isWritten: boolean) => void;
};

/** Writes the files of one step, several at a time; after a failure none is begun, and those under way are waited for. */
export async function uploadAll(
  files: readonly PlannedFile[],
  uploading: Uploading,
): Promise<Map<string, ReleasedFile>> {
  const done = new Map<string, ReleasedFile>();
  const queue = files.values();
  const budget = createBudget(bytesInHand);
  let isStopped = false;
  const work = async () => {
    for (let next = queue.next(); !next.done && !isStopped; next = queue.next()) {
      const file = next.value;
      await budget.take(file.bytes);
      try {
        if (!isStopped) done.set(file.path, await uploadOne(file, uploading));
      } catch (error) {
        isStopped = true;
        throw error;
      } finally {
        budget.giveBack(file.bytes);
      }
    }
  };
  const settled = await Promise.allSettled(Array.from({ length: uploading.parallel }, work));
  const failed = settled.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
  return done;
}

async function uploadOne(file: PlannedFile, { store, packer, read, tools, met }: Uploading): Promise<ReleasedFile> {
  if (tools.signal.aborted) throw toInterruption();
  const { path, digest, headers, isZipped, state } = file;
  const plain = await read(path);
  if (tools.digest(plain) !== digest) throw toChanged(path);
  const packed = isZipped ? await tools.zip(plain) : plain;
  const bytes = headers.encoding ? packed : plain;
  const md5 = tools.md5(bytes);
  const isWritten = typeof state === 'string' || state.md5 !== md5;
  if (isWritten) await store.putFile({ key: path, bytes, ...headers });
  const location = file.location ?? (await packer.add(packed, isZipped));
  const released = { digest, bytes: file.bytes, headers, md5, location };
  met(released, isWritten);
  return released;
}

/** Somebody asked for the end. */
export const toInterruption = () =>
  new PortalError('Publishing was interrupted.', { hint: 'Publish again: it goes on from there.' });

const toChanged = (path: string) =>
  new PortalError(`${path} is not what it was when publishing began.`, {
    hint: 'Does a build run in the same folder? Publish again after its end.',
  });

/** Hands out so many of something, in the order in which they are asked for; who wants more than all of it gets it alone. */
function createBudget(whole: number) {
  let left = whole;
  const waiting: { amount: number; go: () => void }[] = [];
  const serve = () => {
    for (let first = waiting[0]; first && first.amount <= left; first = waiting[0]) {
      waiting.shift();
      left -= first.amount;
      first.go();
    }
  };
  const toAmount = (wanted: number) => Math.min(wanted, whole);
  return {
    take: (wanted: number) =>
      new Promise<void>((go) => {
        waiting.push({ amount: toAmount(wanted), go });
        serve();
      }),
    giveBack: (wanted: number) => {
      left += toAmount(wanted);
      serve();
    },
  };
}
