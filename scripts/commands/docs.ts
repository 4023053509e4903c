import { statSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDocsTree } from '../io/docs-tree.ts';
import { createHost } from '../io/host.ts';
import { listen } from '../io/listen.ts';
import { createLiveServer, reloadHead, watchFolder } from '../io/live-folder.ts';
import { writeSiteFiles } from '../io/site-folder.ts';
import { PortalError, toExplained } from '../portal-error.ts';
import { formatCount } from '../progress.ts';
import { toStandaloneFiles } from '../render/alone.ts';
import { type RenderedDocs, renderTree } from '../render/render.ts';
import type { DocsTree } from '../render/tree.ts';
import { formatCounts, formatProblems } from '../report.ts';
import { toStyle } from '../terminal.ts';
import { type CommandContext, defineCommand } from './define.ts';
import { docsStyle } from './docs-style.ts';

const usualPort = 4322;

export const docs = defineCommand({
  options: {
    config: {
      type: 'string',
      value: 'FILE',
      about: 'The mkdocs.yml, relative to the folder (default: found as TechDocs finds it)',
    },
    out: { type: 'string', value: 'DIR', about: 'Where the pages go' },
    serve: { type: 'boolean', about: 'Serve the pages, and render them again whenever a file changes' },
    port: {
      type: 'string',
      value: 'N',
      about: `Port of --serve (default: ${usualPort}, or the next one that is free)`,
    },
  },
  run: async (options, words, context) => {
    const folder = resolve(context.workingFolder, words[0] ?? '.');
    const [out, config] = [options.out, options.config].map((value) => (typeof value === 'string' ? value : undefined));
    if (words.length !== 1)
      throw new PortalError('It is not said which docs.', {
        hint: 'Name the folder of one repository: `portolan docs .`',
      });
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
      throw new PortalError(`There is no folder ${folder}.`, {
        hint: 'Name the folder of one repository: `portolan docs .`',
      });
    if (config !== undefined && !statSync(resolve(folder, config), { throwIfNoEntry: false })?.isFile())
      throw new PortalError(`There is no file ${resolve(folder, config)}.`, {
        hint: '`--config` is relative to the folder of the repository; without it mkdocs.yml is found as TechDocs finds it.',
      });
    if (out === undefined)
      throw new PortalError('It is not said where the pages go.', { hint: 'Name a folder with --out.' });
    const target = resolve(context.workingFolder, out);
    const build = createBuild(folder, target, config, context);
    if (options.serve && !relative(folder, target).startsWith('..'))
      throw new PortalError('The pages cannot lie in the folder that is watched.', {
        hint: 'Name another folder with --out.',
      });
    await build(options.serve ? reloadHead : '');
    return options.serve ? serve(folder, target, Number(options.port ?? usualPort), build, context) : 0;
  },
});

type Build = (head: string) => Promise<void>;

function createBuild(
  folder: string,
  out: string,
  config: string | undefined,
  { out: terminal }: CommandContext,
): Build {
  const here = fileURLToPath(import.meta.url);
  const host = createHost(here);
  return async (head) => {
    const begun = performance.now();
    const tree = await openDocsTree(folder);
    const docs = renderTree(tree, { name: basename(folder), config, host, frameHosts: ['*'] });
    if (docs.pages.length === 0)
      throw new PortalError(`There are no docs in ${folder}.`, {
        hint: 'Write docs/index.md, or name the folder in which mkdocs.yml lies.',
      });
    await writeSiteFiles(out, [
      ...toStandaloneFiles(docs, head),
      { path: 'portolan-docs.css', text: docsStyle },
      ...listOthers(docs, tree),
    ]);
    const limit = 20;
    const problems = formatProblems(docs.problems, { ...toStyle(terminal), limit });
    if (problems !== '') terminal.write(`\n${problems}\n`);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    terminal.write(
      `${formatCount(docs.pages.length)} pages of ${docs.site.title} in ${seconds} s. ${formatCounts(docs.problems)}.\n`,
    );
  };
}

// What is rendered alone is for whoever owns it: frames of every host stay, in a sandbox. The portal has a list.

/** The files of the docs that are no pages: pictures, downloads. */
function* listOthers({ files }: RenderedDocs, tree: DocsTree) {
  for (const { isPage, source, output } of files) {
    const bytes = isPage ? undefined : tree.readBytes(source);
    if (bytes) yield { path: output, text: bytes };
  }
}

async function serve(
  folder: string,
  out: string,
  wanted: number,
  build: Build,
  { out: terminal }: CommandContext,
): Promise<number> {
  const { server, changed } = createLiveServer(out);
  const port = await listen(server, wanted, '127.0.0.1');
  terminal.write(`The docs are at http://localhost:${port}/  (Ctrl+C stops it)\n`);
  const stop = watchFolder(
    folder,
    () => void build(reloadHead).then(changed, (error) => terminal.write(toExplained(error))),
  );
  await new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });
  stop();
  server.closeAllConnections();
  server.close();
  return 0;
}
