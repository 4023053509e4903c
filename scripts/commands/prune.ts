import { prune as pruneAt } from '../publish/prune.ts';
import { formatPruned } from '../publish/report.ts';
import { defineCommand } from './define.ts';
import { placeOptions, workAtPlace } from './publishing.ts';

export const prune = defineCommand({
  options: placeOptions,
  run: (options, words, context) =>
    workAtPlace(options, words, context, async ({ store, options: { keep, grace }, tools }) => {
      const isDry = options['dry-run'] === true;
      const pruned = await pruneAt(store, { keep, grace, isDry }, tools);
      context.out.write(
        options.json ? `${JSON.stringify(pruned, null, 2)}\n` : formatPruned(pruned, store.name, isDry),
      );
    }),
});
