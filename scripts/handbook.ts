import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listGeneratedFiles } from './handbook/files.ts';

// Writes what of the handbook and its neighbours follows from tables; `npm run fix` calls it.
const top = dirname(dirname(fileURLToPath(import.meta.url)));
for (const { path, text } of await listGeneratedFiles()) writeFileSync(join(top, path), text);
