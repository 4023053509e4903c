import type { Store } from '../../ports.ts';
import { openBucket, type S3StoreOptions, toName } from './s3/bucket.ts';
import { listFiles, listFolders, removeFiles } from './s3/list.ts';
import { fetchFile } from './s3/read.ts';
import { putFile } from './s3/write.ts';

/**
 * Opens a bucket of any store that speaks S3, below a prefix (`s3://bucket/prefix`). Credentials come from where the
 * tools of Amazon look for them. Asks nothing yet.
 */
export function openS3Store(text: string, options: S3StoreOptions): Store {
  const bucket = openBucket(text, options);
  const { address } = bucket;
  return {
    name: toName(address),
    fetchFile: (key, part) => fetchFile(bucket, key, part),
    putFile: (file, condition) => putFile(bucket, file, condition),
    listFiles: (prefix) => listFiles(bucket, prefix),
    listFolders: (folder) => listFolders(bucket, folder),
    removeFiles: (keys) => removeFiles(bucket, keys),
    close: () => bucket.client.destroy(),
  };
}
