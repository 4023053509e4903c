#!/usr/bin/env node
// The `portolan` command on whatever Node there is, 20 or later: plain JavaScript.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(import.meta.url);
const top = join(dirname(here), '..');
// Node strips no types below node_modules: an installed package runs what `npm pack` built, a working copy its source.
const entry =
  here.includes('/node_modules/') || here.includes('\\node_modules\\') ? 'dist/portal.js' : 'scripts/portal.ts';

/** True where this Node runs the program: 22.18, 24 and later. */
function isRecent(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major >= 24 || (major === 22 && minor >= 18);
}

/** The program of the package `node` that Portolan depends on, or undefined where it was not installed. */
function findOwnNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'));
    const program = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

/** Runs this file again on another Node and ends as that one does. */
function runOn(program) {
  const child = spawn(program, [here, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('close', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

const ownNode = isRecent(process.versions.node) ? undefined : findOwnNode();
if (isRecent(process.versions.node)) {
  await import(pathToFileURL(join(top, entry)).href);
} else if (ownNode) {
  runOn(ownNode);
} else {
  console.error(`Portolan needs Node 22.18 or later; this is ${process.version}, and the package \`node\` that would bring one
was not allowed to run its install script. Run \`npm rebuild node\` here, or use a later Node.`);
  process.exit(1);
}
