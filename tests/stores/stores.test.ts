import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolderStore } from '../../scripts/io/stores/folder.ts';
import { createMemoryBucket } from '../../scripts/publish/store.fixture.ts';
import { describeStore } from './store-contract.ts';

describeStore('the store in memory', () => createMemoryBucket().open());
describeStore('a folder', () => openFolderStore(join(mkdtempSync(join(tmpdir(), 'portolan-store-')), 'site')));
