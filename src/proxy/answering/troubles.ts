import type { LiveFault, LiveTrouble } from '#model/live/answer.ts';

type Words = { what: (source: string) => string; mend: string };

/** Why an upstream gave nothing, in words for a reader of the page, and what to do. */
const faults: Record<LiveFault, Words> = {
  timeout: {
    what: (source) => `${source} did not answer in time`,
    mend: 'Try again in a minute; if it lasts, tell its operators.',
  },
  unreachable: {
    what: (source) => `${source} cannot be reached`,
    mend: 'Its address or the network between is broken; tell the platform team.',
  },
  'too-large': {
    what: (source) => `${source} answered with more than is read`,
    mend: 'Narrow the selector of the annotation.',
  },
  unreadable: {
    what: (source) => `${source} answered with something that is not understood`,
    mend: 'Tell the platform team: its version may not be supported.',
  },
  unauthorised: {
    what: (source) => `${source} does not accept the portal’s credential`,
    mend: 'The platform team renews it in app-config.yaml.',
  },
  forbidden: {
    what: (source) => `${source} does not let the portal read this`,
    mend: 'The platform team grants it: `portolan proxy --check` says which permission is missing.',
  },
  'not-found': {
    what: (source) => `${source} does not have it, or does not show it to the portal`,
    mend: 'Check the annotation of this entity.',
  },
  'rate-limited': {
    what: (source) => `${source} limits how often it may be asked`,
    mend: 'It is asked again when it allows that.',
  },
  failing: {
    what: (source) => `${source} answers with an error`,
    mend: 'Try again in a minute; if it lasts, tell its operators.',
  },
  refused: { what: (source) => `${source} refused the question`, mend: 'Check the annotation of this entity.' },
  redirected: {
    what: (source) => `${source} sends elsewhere, which is not followed`,
    mend: 'Set its real address in app-config.yaml.',
  },
  resting: {
    what: (source) => `${source} failed several times and is left alone for a moment`,
    mend: 'It is tried again by itself.',
  },
  busy: { what: (source) => `Too many questions for ${source} at once`, mend: 'Try again in a moment.' },
};

/** The trouble that a fault of an upstream is. */
export function toTrouble(source: string, fault: LiveFault): LiveTrouble {
  const { what, mend } = faults[fault];
  return { source, fault, what: what(source), mend };
}
