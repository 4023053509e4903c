import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { compose } from '../compose/compose.ts';
import { servePagesLive } from '../io/astro.ts';
import { writeSiteFiles } from '../io/site-folder.ts';
import { writePages, writeSite } from '../io/snapshot.ts';
import { collectFrom, collectOptions, holdSnapshot, toContent, toSite } from './collecting.ts';
import { type CommandContext, defineCommand } from './define.ts';

export const dev = defineCommand({
  options: { ...collectOptions, port: { type: 'string', value: 'N', about: 'Port (default: 4321)' } },
  run: async (options, _words, context) => {
    const { snapshot, files } = await holdSnapshot(options, context, () => preparePages(options, context));
    return servePagesLive({
      packageFolder: context.packageFolder,
      snapshot,
      pages: join(snapshot, 'rendered'),
      files,
      port: Number(options.port ?? 4321),
    });
  },
});

/** Fills the snapshot, and a folder with the files that stand beside the pages; answers where both lie. */
async function preparePages(options: Record<string, unknown>, context: CommandContext) {
  const collected = await collectFrom(options, context);
  const { catalog, docs, apis, settings, snapshot } = collected;
  const { pages, files } = compose(catalog, toContent(collected, ''), docs, apis);
  await writeSite(snapshot, toSite(settings));
  for (const [family, views] of Object.entries(pages)) await writePages(snapshot, family, views);
  const folder = join(snapshot, 'files');
  await writeSiteFiles(folder, files);
  await cp(join(snapshot, 'docs-files'), join(folder, 'docs-files'), { recursive: true });
  return { snapshot, files: folder };
}
