import { spawn } from 'node:child_process';
import { createRequire, findPackageJSON } from 'node:module';
import { PortalError } from '../portal-error.ts';

/** How many files a bundle's results are packed into: few files, each still small to load. */
const fragmentFiles = 1_000;

/** Where the program of Pagefind lies for this machine, found from the package that brings it. */
function findProgram(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const program = system === 'windows' ? 'pagefind_extended.exe' : 'pagefind_extended';
  const manifest = findPackageJSON('pagefind', import.meta.url) ?? import.meta.url;
  return createRequire(manifest).resolve(`@pagefind/${system}-${process.arch}/bin/${program}`);
}

/**
 * Indexes the pages of a folder into another one. The program reads them itself and ends afterwards: spoken to as a
 * service it needs half as much time again, for it keeps everything for further questions.
 */
export async function runPagefind(pages: string, folder: string): Promise<void> {
  const words = ['--site', pages, '--output-path', folder, '--glob', '**/index.html', '--silent'];
  const settings = ['--force-language', 'en', '--max-fragments', String(fragmentFiles)];
  const child = spawn(findProgram(), [...words, ...settings], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-2_000);
  });
  const code = await new Promise((done, fail) => child.on('error', fail).on('close', done));
  if (code !== 0) throw new PortalError('The search index could not be made.', { hint: said.trim() });
}
