import { fetchManifest, toFault } from '../publish/keeping.ts';
import { planOnly, publish } from '../publish/publish.ts';
import {
  formatOutcome,
  formatPlan,
  formatReleases,
  toOutcomeJson,
  toPlanJson,
  toReleasesJson,
} from '../publish/report.ts';
import { createRollback, toNothing } from '../publish/rollback.ts';
import { type CommandContext, defineCommand } from './define.ts';
import { type Options, type Publishing, workAtPlace, writingOptions } from './publishing.ts';

export const rollback = defineCommand({
  options: {
    ...writingOptions,
    to: { type: 'string', value: 'RELEASE', about: 'Its number or id (default: the one before what is published)' },
    list: { type: 'boolean', about: 'List the releases that can be put back' },
  },
  run: (options, words, context) =>
    workAtPlace(options, words, context, (publishing) =>
      options.list === true ? listReleases(options, publishing, context) : putBack(options, publishing, context),
    ),
});

const toJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

async function listReleases({ json }: Options, { store, tools }: Publishing, { out }: CommandContext): Promise<void> {
  const { manifest, fault } = await fetchManifest(store, tools);
  if (fault !== undefined) throw toFault(store.name, fault);
  if (manifest === undefined) throw toNothing(store);
  out.write(json ? toJson(toReleasesJson(manifest)) : formatReleases(manifest, store.name));
}

async function putBack(
  options: Options,
  { store, options: usual, tools, progress }: Publishing,
  context: CommandContext,
) {
  const { out } = context;
  const findSource = createRollback(options.to === undefined ? undefined : String(options.to), tools);
  const wanted = { ...usual, adopts: true };
  if (options['dry-run'] === true) {
    const { plan } = await planOnly(store, findSource, wanted, tools);
    out.write(options.json ? toJson(toPlanJson(plan)) : formatPlan(plan, store.name));
    return;
  }
  const outcome = await progress.stage(
    'put back',
    () => publish(store, findSource, wanted, tools),
    ({ written }) => [[written, 'files written']],
  );
  out.write(options.json ? toJson(toOutcomeJson(outcome)) : formatOutcome(outcome, store.name));
}
