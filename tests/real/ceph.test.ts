import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, PutBucketPolicyCommand, PutBucketWebsiteCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { S3StoreOptions } from '../../scripts/io/stores/s3/bucket.ts';
import { openS3Store } from '../../scripts/io/stores/s3.ts';
import { describeStore, toFile } from '../stores/store-contract.ts';
import { type StartedCeph, startCeph } from './ceph.ts';
import { measureLargeSite } from './large-site.ts';
import { describePublishedDemo } from './published-demo.ts';
import { describePublishing, type PublishedBucket } from './publishing.ts';

const bucket = 'portal-site';
let ceph: StartedCeph;

/** Anybody may read what is published, but neither what publishing keeps for itself, nor what there is. */
const policy = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', NotResource: `arn:aws:s3:::${bucket}/*_portolan/*` },
  ],
};

async function createBucket({ url: endpoint, credentials }: StartedCeph): Promise<void> {
  const client = new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true });
  const website = { IndexDocument: { Suffix: 'index.html' }, ErrorDocument: { Key: 'portal/404.html' } };
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify(policy) }));
  await client.send(new PutBucketWebsiteCommand({ Bucket: bucket, WebsiteConfiguration: website }));
  client.destroy();
}

beforeAll(async () => {
  ceph = await startCeph();
  await createBucket(ceph);
}, 180_000);
afterAll(() => ceph?.stop());

/** A place of its own in the bucket. */
const openPlace = (options: Partial<S3StoreOptions> = {}, prefix: string = randomUUID()) =>
  openS3Store(`s3://${bucket}/${prefix}`, {
    endpoint: ceph.url,
    credentials: ceph.credentials,
    environment: {},
    ...options,
  });

describeStore('a bucket of Ceph', () => openPlace());

describe('Ceph refuses', () => {
  const said = (asking: Promise<unknown>) =>
    expect(asking.catch((error: Error) => Promise.reject(error.message))).rejects;

  test('a secret that is wrong', async () => {
    const store = openPlace({ credentials: { ...ceph.credentials, secretAccessKey: 'wrong' } });
    await said(store.putFile(toFile('a.txt', 'x'))).toContain('the secret does not belong to the access key');
  });

  test('a key that it does not know', async () => {
    const store = openPlace({ credentials: { ...ceph.credentials, accessKeyId: 'NOBODY' } });
    await said(store.fetchFile('a.txt')).toContain('does not know the access key');
  });

  test('somebody who may not write', async () => {
    const store = openPlace({ credentials: ceph.stranger });
    await said(store.putFile(toFile('a.txt', 'x'))).toContain('does not allow to write');
    await said(store.removeFiles(['a.txt'])).toContain('does not allow to remove');
    await said(store.listFolders('')).toContain('does not allow to list');
  });

  test('a bucket that is not there', async () => {
    const { url: endpoint, credentials } = ceph;
    const store = openS3Store('s3://no-such-bucket', { endpoint, credentials, environment: {} });
    await said(store.fetchFile('a.txt')).toContain('There is no bucket no-such-bucket');
  });
});

const published: PublishedBucket = {
  url: () => ceph.url,
  open: (prefix, url) =>
    openPlace({ ...(url !== undefined && { endpoint: url }), parallel: 8, pause: () => 20 }, prefix),
  read: async (prefix, key) => {
    const answer = await fetch(`${ceph.url}/${bucket}/${prefix}/${key}`);
    return answer.ok ? await answer.text() : undefined;
  },
};

describePublishing('Ceph', published);

describePublishedDemo('Ceph', {
  ...published,
  name: bucket,
  environment: () => ({
    AWS_ACCESS_KEY_ID: ceph.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ceph.credentials.secretAccessKey,
  }),
  website: () => ceph.toWebsite(bucket),
});

measureLargeSite('Ceph', published);
