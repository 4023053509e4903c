import { z } from 'zod';
import { pause, type Run, type Sample } from './measure.ts';

/** What `portal build --costs` writes. */
export const costsSchema = z.object({
  stages: z.array(
    z.object({
      name: z.string(),
      seconds: z.number(),
      cpuSeconds: z.number(),
      tally: z.array(z.tuple([z.number(), z.string()])),
    }),
  ),
  peakKilobytes: z.number(),
});

export type Costs = z.infer<typeof costsSchema>;

/** What a stage, a program or a whole build cost. What the system does not tell is undefined. */
export type Figures = { name: string; seconds?: number; cpuSeconds?: number; peakBytes?: number };

/** The figures of each stage; a stage ended when its line came, and its children's processor time counts with its own. */
export function toStageFigures(costs: Costs, run: Pick<Run, 'samples' | 'lines'>): Figures[] {
  return costs.stages.map(({ name, seconds, cpuSeconds }) => {
    const end = run.lines.find(({ text }) => text.trim().startsWith(`${name} `))?.at;
    if (end === undefined || run.samples.length === 0) return { name, seconds, cpuSeconds };
    const begin = end - seconds * 1000;
    const near = run.samples.filter(({ at }) => at >= begin - pause && at <= end + pause);
    const children = toChildSeconds(run.samples, end) - toChildSeconds(run.samples, begin);
    const peakBytes = near.length === 0 ? undefined : Math.max(...near.map(toBytes));
    return { name, seconds, cpuSeconds: cpuSeconds + children, peakBytes };
  });
}

/** The figures of each program that took part: the portal itself first, then what it started. */
export function toProgramFigures(run: Pick<Run, 'samples'>): Figures[] {
  const names = new Set(run.samples.flatMap(({ programs }) => [...programs.keys()]));
  return [...names].map((name) => {
    const shares = run.samples.flatMap(({ programs }) => programs.get(name) ?? []);
    return {
      name: name === '' ? 'portal' : name,
      cpuSeconds: Math.max(...shares.map(({ cpuSeconds }) => cpuSeconds)),
      peakBytes: Math.max(...shares.map(({ bytes }) => bytes)),
    };
  });
}

/** The figures of a whole run. */
export function toRunFigures(name: string, run: Pick<Run, 'seconds' | 'cpuSeconds' | 'samples'>): Figures {
  const peakBytes = run.samples.length === 0 ? undefined : Math.max(...run.samples.map(toBytes));
  return { name, seconds: run.seconds, cpuSeconds: run.cpuSeconds, peakBytes };
}

const toBytes = ({ programs }: Sample) => programs.values().reduce((sum, { bytes }) => sum + bytes, 0);

/** Processor seconds of all that the portal started, up to a moment; what has ended counts as it was last seen. */
function toChildSeconds(samples: readonly Sample[], moment: number): number {
  const last = new Map<string, number>();
  for (const { at, programs } of samples)
    for (const [name, { cpuSeconds }] of programs)
      if (at <= moment && name !== '') last.set(name, Math.max(cpuSeconds, last.get(name) ?? 0));
  return last.values().reduce((sum, each) => sum + each, 0);
}
