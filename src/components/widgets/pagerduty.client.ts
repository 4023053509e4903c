import { element } from '#components/lists/markup.ts';
import type { PagerdutyData } from '#model/live/pagerduty.ts';
import {
  type Row,
  toCut,
  toFitting,
  toHeading,
  toLine,
  toOutLink,
  toRow,
  toStatus,
  toSubject,
  toTime,
} from './drawing.ts';
import type { Drawing, Sheet } from './frame-view.ts';
import { formatCount, toCallWord } from './words.ts';

type Turn = PagerdutyData['onCall'][number];
type Incident = PagerdutyData['incidents'][number];

function toTurn(sheet: Sheet, { level, names, until }: Turn): Row {
  const word = toCallWord(level);
  const main = [
    element('span', { class: 'fact term quiet' }, `${word.charAt(0).toUpperCase()}${word.slice(1)}`),
    element('strong', { class: 'cut', title: names.join(', ') }, names.join(', ') || 'nobody'),
  ];
  const side = element('span', { class: 'fact end' }, until ? toTime(sheet, until, 'ends') : '');
  return toRow(element('div', { 'data-key': `level ${level}` }, toLine({ main, side })));
}

function toIncident(sheet: Sheet, { number, title, status, urgency, openedAt, url }: Incident): Row {
  const level = status === 'triggered' ? (urgency === 'high' ? 'broken' : 'attention') : 'attention';
  const link = element('span', { class: 'cut', title }, toOutLink(url, `#${number} ${title}`));
  const main = toSubject(sheet, level, link);
  const side = [
    toCut(`${status}, ${urgency} urgency`),
    element('span', { class: 'fact end' }, toTime(sheet, openedAt)),
  ];
  return toRow(element('div', { 'data-key': `incident ${number}` }, toLine({ main, side })));
}

/** How the PagerDuty widget draws its data: who is on call, the first level first, then what is open. */
export const pagerduty: Drawing<PagerdutyData> = {
  empty: 'Nobody is on call for this service now, and no incident is open.',
  draw: ({ onCall, incidents, moreIncidents }, sheet) => {
    const turns = onCall.map((turn) => toTurn(sheet, turn));
    const noneOnCall = [toRow(toLine({ main: toStatus(sheet, 'attention', 'Nobody is on call') }))];
    const count = formatCount(incidents.length, 'open incident');
    const heading = toHeading(
      incidents.length === 0 ? 'No open incident' : moreIncidents ? `More than ${count}` : count,
    );
    const wanted = Math.min(incidents.length, 2) + 1;
    const room = Math.min(sheet.room - wanted, Math.max(1, turns.length));
    return [
      toFitting(turns.length > 0 ? turns : noneOnCall, room, sheet.isAll('levels'), 'levels'),
      heading,
      toFitting(
        incidents.map((incident) => toIncident(sheet, incident)),
        sheet.room - room - 1,
        sheet.isAll('incidents'),
        'incidents',
      ),
    ].flat();
  },
};
