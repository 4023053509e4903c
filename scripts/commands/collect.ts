import { countAtLeast } from '../report.ts';
import { collectFrom, collectOptions, holdSnapshot } from './collecting.ts';
import { defineCommand } from './define.ts';
import { findFailLevel, judgeDrop, outcomeOptions, reportProblems } from './outcome.ts';

export const collect = defineCommand({
  options: { ...collectOptions, ...outcomeOptions },
  run: async (options, _words, context) => {
    const failOn = findFailLevel(options);
    return holdSnapshot(options, context, async () => {
      const collected = await collectFrom(options, context);
      if (await judgeDrop(collected, options, context)) return 1;
      reportProblems(collected.reported, options, context);
      collected.writeCosts(options.costs);
      return failOn && countAtLeast(collected.reported.problems, failOn) > 0 ? 1 : 0;
    });
  },
});
