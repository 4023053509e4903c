import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type CephPlace, cephKeys, toCephFile, websiteName } from './ceph-files.ts';
import { findFreePort, type StartedProgram, startProgram } from './start-program.ts';

const run = promisify(execFile);

export type Credentials = { accessKeyId: string; secretAccessKey: string };

/** A Ceph that speaks S3 and serves buckets as web sites. */
export type StartedCeph = {
  url: string;
  credentials: Credentials;
  /** Somebody whom the store knows, and who may do nothing with the buckets of others. */
  stranger: Credentials;
  /** Where a bucket is as a web site, without a slash at its end. */
  toWebsite: (bucket: string) => string;
  stop: () => Promise<void>;
};

/** How long a part of Ceph may take to be ready on a busy machine, in seconds. */
const patience = 120;

async function createCluster(place: CephPlace): Promise<(program: string, words: string[]) => Promise<string>> {
  const { folder, fsid, monitor } = place;
  const configuration = join(folder, 'ceph.conf');
  writeFileSync(configuration, toCephFile(place));
  for (const part of ['mon', 'osd', 'rgw']) mkdirSync(join(folder, part));
  const call = async (program: string, words: string[]) => {
    const environment = { ...process.env, CEPH_CONF: configuration };
    return (await run(program, words, { env: environment, cwd: folder, timeout: patience * 1000 })).stdout;
  };
  const keyring = join(folder, 'keyring');
  await call('ceph-authtool', ['--create-keyring', keyring]);
  for (const [name, ...allowed] of cephKeys)
    await call('ceph-authtool', [keyring, '--gen-key', '-n', name, ...allowed.flatMap((pair) => ['--cap', ...pair])]);
  await call('monmaptool', ['--create', '--addv', 'a', `v1:127.0.0.1:${monitor}`, '--fsid', fsid, 'monmap']);
  await call('ceph-mon', ['--mkfs', '-i', 'a', '--monmap', 'monmap', '--keyring', keyring]);
  return call;
}

const createUser = (name: string) => ({
  accessKeyId: `${name.toUpperCase()}${randomBytes(6).toString('hex').toUpperCase()}`,
  secretAccessKey: randomBytes(20).toString('hex'),
});

/** Starts the parts of a cluster one after the other; each ends with us. */
async function startParts(
  place: CephPlace,
  started: StartedProgram[],
): Promise<Pick<StartedCeph, 'credentials' | 'stranger'>> {
  const call = await createCluster(place);
  const { folder, gateway } = place;
  const start = async (program: string, words: string[], isReady: () => Promise<boolean>) => {
    const all = ['-f', '-c', join(folder, 'ceph.conf'), ...words];
    started.push(await startProgram(program, all, isReady, patience));
  };
  const osd = randomUUID();
  await start('ceph-mon', ['-i', 'a'], async () => (await call('ceph', ['osd', 'new', osd])).trim() === '0');
  await call('ceph-osd', ['-i', '0', '--mkfs', '--osd-uuid', osd]);
  await start('ceph-osd', ['-i', '0'], async () => /\b1 up/.test(await call('ceph', ['osd', 'stat'])));
  await start('radosgw', ['-n', 'client.gateway'], async () => (await fetch(`http://127.0.0.1:${gateway}/`)).ok);
  const users = { credentials: createUser('portal'), stranger: createUser('stranger') };
  for (const [name, { accessKeyId, secretAccessKey }] of Object.entries(users)) {
    const keys = ['--access-key', accessKeyId, '--secret-key', secretAccessKey];
    await call('radosgw-admin', ['user', 'create', '--uid', name, '--display-name', name, ...keys]);
  }
  return users;
}

/** Starts a Ceph with one of each part on free ports of this machine, its data in memory, in a folder of its own. */
export async function startCeph(): Promise<StartedCeph> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-ceph-'));
  const place = { folder, fsid: randomUUID(), monitor: await findFreePort(), gateway: await findFreePort() };
  const started: StartedProgram[] = [];
  const stop = async () => {
    for (const program of started.toReversed()) await program.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return {
      ...(await startParts(place, started)),
      url: `http://127.0.0.1:${place.gateway}`,
      toWebsite: (bucket) => `http://${bucket}.${websiteName}:${place.gateway}`,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
