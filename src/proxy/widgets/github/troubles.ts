import type { LiveFault, LiveTrouble } from '#model/live/answer.ts';
import { toTrouble } from '../../answering/troubles.ts';
import type { Piece } from '../../keeping/pieces.ts';

export type Part = 'repository' | 'runs' | 'pulls';

/** What an App or a token needs for each part, as GitHub calls it. */
export const permissions: Record<Part, { permission: string; what: string }> = {
  repository: { permission: 'metadata: read', what: 'repositories' },
  runs: { permission: 'actions: read', what: 'workflow runs' },
  pulls: { permission: 'pull_requests: read', what: 'pull requests' },
};

type Words = Pick<LiveTrouble, 'what' | 'mend'>;

/** Where GitHub’s refusals mean something of their own. */
const own: Partial<Record<LiveFault, (host: string, part: Part) => Words>> = {
  forbidden: (host, part) => ({
    what: `${host} does not let the portal read ${permissions[part].what}`,
    mend: `The platform team grants \`${permissions[part].permission}\`.`,
  }),
  redirected: (host) => ({
    what: `${host} has the repository under another name now`,
    mend: 'Correct the annotation `github.com/project-slug` of this entity.',
  }),
};

/** The trouble of one part of what GitHub is asked, if there is one. */
export function toPartTroubles(host: string, part: Part, { fault }: Piece<unknown>): LiveTrouble[] {
  if (fault === undefined) return [];
  return [{ ...toTrouble(host, fault), ...own[fault]?.(host, part) }];
}
