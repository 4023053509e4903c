import { element, type Markup } from '#components/lists/markup.ts';
import type { LiveAnswer, LiveTrouble } from '#model/live/answer.ts';
import type { Outcome } from './ask.client.ts';
import { type Setting, toStatus, toTroubles } from './drawing.ts';
import { formatAge } from './words.ts';

/** Where a widget's data is drawn: how many lines its body has, and whether a list in it is shown whole. */
export type Sheet = Setting & { room: number; isAll: (word: string) => boolean };

/** How one widget draws its data, and what it means when there is nothing to draw. */
export type Drawing<Data> = {
  draw: (data: Data, sheet: Sheet) => Markup;
  empty: string;
  /** What its own buttons do, by the word in their `data-act`. */
  acts?: Readonly<Record<string, (button: HTMLElement) => void>>;
};

/** What a frame knows: what became of the last question, and the last answer that was understood. */
export type Known<Data> = { outcome: Outcome; answer?: LiveAnswer<Data>; isStrange?: boolean };

/** What a frame shows at one moment. */
export type View = { status: Markup; body: Markup; readAt?: string };

type Said = Pick<LiveTrouble, 'what' | 'mend'>;

const toMessage = (lines: readonly Markup[]): Markup => element('div', { class: 'message' }, lines);

const retry = element(
  'button',
  { type: 'button', class: 'retry', 'data-act': 'retry', 'data-key': 'retry' },
  'Try again',
);

const toSentences = (troubles: readonly Said[]): Markup[] =>
  troubles
    .slice(0, 2)
    .map(({ what, mend }) => element('p', {}, [`${what}. `, element('span', { class: 'quiet' }, mend)]));

const toUnknown = (sheet: Sheet, words: string, lines: readonly Markup[]): View => ({
  status: toStatus(sheet, 'unknown', words),
  body: toMessage(lines),
});

/** The data under a line that says what is wrong with it. */
function toShown<Data>(
  drawing: Drawing<Data>,
  sheet: Sheet,
  answer: LiveAnswer,
  data: Data,
  words: string,
  troubles: readonly Said[],
): View {
  const rows = toTroubles(sheet, words, troubles);
  const room = sheet.room - rows.length;
  const body = [...rows.map(({ markup }) => markup), drawing.draw(data, { ...sheet, room })];
  return { status: toStatus(sheet, answer.status.level, answer.status.words), body, readAt: answer.readAt };
}

/** What is wrong with data that is shown all the same, in one line. */
function formatDoubt({ state, troubles, readAt }: LiveAnswer, now: number): string {
  const [first] = troubles;
  const more = troubles.length > 1 ? `, and ${troubles.length - 1} more` : '';
  if (state !== 'stale') return `Partly read: ${first?.what ?? ''}${more}`;
  const age = readAt === undefined ? 'before' : formatAge(readAt, now);
  return `As it was ${age}: ${first?.what ?? 'it was not read since'}${more}`;
}

function toAnswered<Data>(drawing: Drawing<Data>, sheet: Sheet, answer: LiveAnswer<Data>): View {
  const { state, status, troubles, data, readAt } = answer;
  const glyph = toStatus(sheet, status.level, status.words);
  if (state === 'empty') {
    const lines = [element('p', {}, drawing.empty), ...toSentences(troubles.slice(0, 1))];
    return { status: glyph, readAt, body: toMessage(lines) };
  }
  if (data === undefined || state === 'not-configured' || state === 'failed') {
    const lines = [...toSentences(troubles), ...(state === 'failed' ? [retry] : [])];
    return { status: glyph, body: toMessage(lines) };
  }
  return toShown(drawing, sheet, answer, data, formatDoubt(answer, sheet.now), troubles);
}

/** Nothing came; what was read before is still shown, with its age. */
function toUnanswered<Data>(
  drawing: Drawing<Data>,
  sheet: Sheet,
  said: Said,
  isOffline: boolean,
  answer?: LiveAnswer<Data>,
): View {
  if (answer?.data === undefined || answer.readAt === undefined)
    return toUnknown(sheet, isOffline ? 'Offline' : 'No answer', [
      ...toSentences([said]),
      ...(isOffline ? [] : [retry]),
    ]);
  const words = `${said.what}: as it was ${formatAge(answer.readAt, sheet.now)}`;
  return toShown(drawing, sheet, answer, answer.data, words, [said]);
}

const strange: Said = {
  what: 'The portal’s live proxy answered with something that this page does not understand',
  mend: 'Load the page again; it may have changed.',
};
const offline: Said = { what: 'You are offline', mend: 'It is asked again when the network is back.' };

/** What a frame shows of what it knows. */
export function toView<Data>({ outcome, answer, isStrange }: Known<Data>, drawing: Drawing<Data>, sheet: Sheet): View {
  switch (outcome.kind) {
    case 'absent':
      return {
        status: '',
        body: toMessage([element('p', { class: 'quiet' }, 'This copy of the portal has no live data.')]),
      };
    case 'signed-out': {
      const link = element('a', { href: '', 'data-key': 'sign-in' }, 'Sign in again');
      return toUnknown(sheet, 'Signed out', [element('p', {}, ['The portal does not know you any more. ', link])]);
    }
    case 'offline':
      return toUnanswered(drawing, sheet, offline, true, answer);
    case 'failed':
      return toUnanswered(drawing, sheet, outcome, false, answer);
    case 'answer':
      return answer && !isStrange
        ? toAnswered(drawing, sheet, answer)
        : toUnanswered(drawing, sheet, strange, false, answer);
  }
}
