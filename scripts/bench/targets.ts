/** What was measured on an organisation of one size. */
export type Measured = {
  entities: number;
  cold: { seconds: number; peakBytes?: number };
  changed: { seconds: number; differing: number };
  /** Pages of entities only. */
  pages?: readonly { name: string; bytes: number; requests: number }[];
};

/** A figure beside what it should be. `isMet` is undefined where the figure could not be measured. */
export type Verdict = { subject: string; target: string; figure: string; isMet: boolean | undefined };

const large = 10_000;
const giga = 1e9;

/** How much a share of two timings may be off before it says anything. */
const noise = 1.05;

/** Holds what was measured against what the portal promises. */
export function toVerdicts(measured: readonly Measured[]): Verdict[] {
  const sizes = measured.toSorted((one, other) => one.entities - other.entities);
  return [...sizes.flatMap(toOwnVerdicts), ...sizes.slice(1).flatMap((next, at) => toGrowth(sizes[at], next))];
}

function toOwnVerdicts({ entities, cold, changed, pages }: Measured): Verdict[] {
  const of = `${entities.toLocaleString('en-US')} entities`;
  const share = changed.seconds / cold.seconds;
  return [
    ...(entities === large ? toLimits(of, cold) : []),
    {
      subject: `${of}: build with 1 % changed`,
      target: 'at most 1/3 of the first',
      figure: `${changed.seconds.toFixed(1)} s, ${share.toFixed(2)} of it`,
      isMet: share <= 1 / 3,
    },
    {
      subject: `${of}: bytes of that build`,
      target: 'those of a cold build',
      figure: changed.differing === 0 ? 'the same' : `${changed.differing} files differ`,
      isMet: changed.differing === 0,
    },
    ...(pages ?? []).map(({ name, bytes, requests }) => ({
      subject: `${of}: page of ${name}`,
      target: 'under 40 kB, at most 8 requests',
      figure: `${(bytes / 1000).toFixed(1)} kB, ${requests} requests`,
      isMet: bytes < 40_000 && requests <= 8,
    })),
  ];
}

function toLimits(of: string, { seconds, peakBytes }: Measured['cold']): Verdict[] {
  const memory = peakBytes === undefined ? 'n/a' : `${(peakBytes / giga).toFixed(2)} GB`;
  return [
    { subject: `${of}: first build`, target: 'under 60 s', figure: `${seconds.toFixed(1)} s`, isMet: seconds < 60 },
    {
      ...{ subject: `${of}: peak memory`, target: 'under 1.5 GB', figure: memory },
      isMet: peakBytes === undefined ? undefined : peakBytes < 1.5 * giga,
    },
  ];
}

/** Growth is told from 10,000 entities on: below, what a build costs at all hides it. */
function toGrowth(one: Measured | undefined, next: Measured): Verdict[] {
  if (!one || one.entities < large) return [];
  const growth = next.cold.seconds / one.cold.seconds / (next.entities / one.entities);
  return [
    {
      subject: `${one.entities.toLocaleString('en-US')} to ${next.entities.toLocaleString('en-US')} entities`,
      target: `no faster than linear (${noise} for noise)`,
      figure: `${growth.toFixed(2)} of the time an entity`,
      isMet: growth <= noise,
    },
  ];
}
