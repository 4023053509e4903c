import type { BlastRadius, BlastRow } from './pages/graph-page.ts';

type Counts = Pick<BlastRadius, 'total' | 'direct' | 'teams' | 'tiers'> & { apis: { count: number } };

const count = (n: number, one: string, many: string) => `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;

/** Who is hit, in one or two sentences: `14 things in 5 teams depend on this: 3 directly, 11 through others; 2 are tier-1.` */
export function formatBlastRadius({ total, direct, teams, tiers, apis }: Counts): string {
  const where = teams > 0 ? ` in ${count(teams, 'team', 'teams')}` : '';
  const ways = [
    ...(direct > 0 ? [`${direct.toLocaleString('en-US')} directly`] : []),
    ...(total > direct ? [`${(total - direct).toLocaleString('en-US')} through others`] : []),
  ];
  const how =
    total > 1
      ? `: ${direct === total ? 'all directly' : ways.join(', ')}`
      : direct === 1
        ? ' directly'
        : ' through others';
  const tierWords = tiers.map(
    ({ tier, count: of }) => `${of.toLocaleString('en-US')} ${of === 1 ? 'is' : 'are'} tier-${tier}`,
  );
  const apiWords = apis.count > 0 ? ` ${count(apis.count, 'API fails', 'APIs fail')} with it.` : '';
  return `${count(total, 'thing', 'things')}${where} ${total === 1 ? 'depends' : 'depend'} on this${how}${tierWords.length > 0 ? `; ${tierWords.join(', ')}` : ''}.${apiWords}`;
}

/** How a thing depends, in words: `directly`, or by way of what. */
export function formatWay({ through }: Pick<BlastRow, 'through'>): string {
  return through.length === 0 ? 'directly' : `through ${through.join(', ')}`;
}
