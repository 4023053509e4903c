import { toIcon } from '#components/lists/icon.ts';
import { element } from '#components/lists/markup.ts';
import type { LiveAnswer, LiveLevel } from '#model/live/answer.ts';
import type { PagerdutyData } from '#model/live/pagerduty.ts';
import { type Outcome, toQuestion } from './ask.client.ts';
import { toStatus } from './drawing.ts';
import { isAnswer } from './frame.client.ts';
import { patch } from './patch.client.ts';
import { isDoubtful, levelTable, toCallWord, toWorst } from './words.ts';

const base = document.documentElement.dataset.base ?? '/';

/** What stands in the line where a system gave no answer. */
const silence: Readonly<Record<Exclude<Outcome['kind'], 'answer'>, string>> = {
  failed: 'no answer',
  'signed-out': 'signed out',
  offline: 'offline',
  absent: 'not live',
};

/** The part of one system in the line. */
type Part = { link: HTMLElement; outcome?: Outcome; answer?: LiveAnswer };

function showPart({ link, outcome, answer }: Part): void {
  const setting = { base, now: Date.now() };
  if (!outcome) return;
  if (answer && outcome.kind === 'answer') {
    const words = `${answer.status.words}${isDoubtful(answer) ? ` (${answer.state})` : ''}`;
    patch(link, toStatus(setting, answer.status.level, words));
    link.title = `${link.dataset.title}: ${words}`;
  } else if (outcome.kind !== 'answer') {
    patch(link, toStatus(setting, 'unknown', `${link.dataset.title}: ${silence[outcome.kind]}`));
  }
}

/** What counts for the whole: what a system that is set up says, or that it says nothing. */
function listLevels(parts: readonly Part[]): LiveLevel[] {
  return parts.flatMap(({ outcome, answer }) => {
    if (outcome?.kind !== 'answer' || !answer) return ['unknown' as const];
    return answer.state === 'not-configured' || answer.state === 'empty' ? [] : [answer.status.level];
  });
}

function showOverall(overall: Element, parts: readonly Part[]): void {
  if (!parts.every(({ outcome }) => outcome)) return;
  const isAbsent = parts.every(({ outcome }) => outcome?.kind === 'absent');
  const level = toWorst(listLevels(parts));
  const words = isAbsent ? 'No live data' : levelTable[level].word;
  patch(overall, [
    element('span', { class: `level ${level}`, 'data-key': 'glyph' }, toIcon(base, levelTable[level].icon)),
    element('span', { class: 'cut', 'data-key': 'words' }, words),
  ]);
  overall.closest('[data-overview]')?.toggleAttribute('data-absent', isAbsent);
}

/** Who is on call, among the facts of the header. */
function showOnCall(answer: LiveAnswer | undefined): void {
  const place = document.querySelector('[data-on-call]');
  if (!place) return;
  // The border: what PagerDuty's widget answers is checked by its schema where it is made.
  const data = answer?.data as PagerdutyData | undefined;
  const turn = data?.onCall.find(({ names }) => names.length > 0);
  if (turn)
    patch(place, [
      element('span', { title: turn.names.join(', ') }, turn.names.join(', ')),
      element('span', { class: 'quiet' }, ` · ${toCallWord(turn.level)}`),
    ]);
  else patch(place, element('span', { class: 'quiet' }, data ? 'nobody' : 'not known now'));
}

/** Fills the line that says how the entity of this page is; it asks nothing that the widgets do not ask. */
export function attachOverview(): void {
  for (const line of document.querySelectorAll('[data-overview]')) {
    const overall = line.querySelector('[data-part="overall"]');
    const links = [...line.querySelectorAll<HTMLElement>('[data-of]')];
    const parts: Part[] = links.map((link) => ({ link }));
    for (const part of parts)
      toQuestion(part.link.dataset.ask ?? '').listen(line, (outcome) => {
        part.outcome = outcome;
        if (outcome.kind === 'answer' && isAnswer(outcome.value)) part.answer = outcome.value;
        showPart(part);
        if (overall) showOverall(overall, parts);
        if (part.link.dataset.of === 'pagerduty') showOnCall(outcome.kind === 'answer' ? part.answer : undefined);
      });
  }
}
