import { element, type Markup } from '#components/lists/markup.ts';
import type { ArgocdData, LiveApplication } from '#model/live/argocd.ts';
import {
  type Row,
  toCut,
  toDisclosure,
  toFitting,
  toHeading,
  toLine,
  toOutLink,
  toRow,
  toSubject,
  toTime,
} from './drawing.ts';
import type { Drawing, Sheet } from './frame-view.ts';
import { formatSpan } from './words.ts';

const syncWords = { Synced: 'in sync', OutOfSync: 'out of sync', Unknown: 'sync unknown' };
const historyLimit = 5;

type Revision = LiveApplication['revisions'][number];
type Deployment = LiveApplication['history'][number];

function toRevision({ source, isChart, revision, url }: Revision): Markup {
  const place = isChart ? `${source.split('/').at(-1)} ` : '';
  return element('span', { class: 'revision' }, [
    place,
    toOutLink(url, element('code', {}, revision), `${source} at ${revision}`),
  ]);
}

const toRevisions = (revisions: readonly Revision[]): Markup =>
  revisions.flatMap((revision, at) => [at > 0 ? ' + ' : '', toRevision(revision)]);

const toBy = (by: string | undefined) => (by === undefined ? '' : by === 'automatic' ? ' automatically' : ` by ${by}`);

function toDeployment(sheet: Sheet, { id, deployedAt, took, by, revisions }: Deployment): Row {
  const side = element('span', { class: 'fact' }, took === undefined ? '' : `took ${formatSpan(took)}`);
  const main = [
    toRevisions(revisions),
    element('span', { class: 'quiet' }, [' ', toTime(sheet, deployedAt), toBy(by)]),
  ];
  const markup = toLine({ main: element('span', { class: 'cut' }, main.flat()), side });
  return toRow(element('div', { 'data-key': `deployment ${id}` }, markup));
}

/** The deployments before the one that is shown as the latest. */
const listHistory = (sheet: Sheet, { history }: LiveApplication): Row[] =>
  history.slice(1, 1 + historyLimit).map((deployment) => toDeployment(sheet, deployment));

function toInside(application: LiveApplication, history: readonly Row[]): Markup {
  const { instance, project, destination, phase, message, conditions, url } = application;
  const facts = [`Project ${project} of ${instance}`, ...(destination ? [`deployed to ${destination}`] : [])].join(
    ', ',
  );
  const said = [...conditions, ...(message ? [`${phase ? `${phase}: ` : ''}${message}`] : [])];
  return [
    said.length > 0
      ? element(
          'ul',
          { role: 'list' },
          said.map((words) => element('li', {}, words)),
        )
      : '',
    element('p', { class: 'quiet' }, facts),
    ...history.map(({ markup }) => markup),
    element('p', {}, toOutLink(url, 'Sync in Argo CD')),
  ];
}

function toApplication(sheet: Sheet, application: LiveApplication, isOnly: boolean): Row {
  const { instance, name, level, sync, health, phase, syncedAt, revisions, history, conditions } = application;
  const running =
    phase === 'Running' ? ', syncing' : phase === 'Failed' || phase === 'Error' ? ', last sync failed' : '';
  const words = `${syncWords[sync]}, ${health.toLowerCase()}${running}`;
  const main = toSubject(sheet, level, element('strong', { class: 'cut', title: name }, name));
  const side = conditions.length > 0 ? `${conditions.length} to look at` : '';
  const inside = toInside(application, isOnly ? [] : listHistory(sheet, application));
  const synced = syncedAt ? [' synced ', toTime(sheet, syncedAt), toBy(history[0]?.by)] : [' never synced'];
  const at = element(
    'span',
    { class: 'cut' },
    [toRevisions(revisions), element('span', { class: 'quiet' }, synced)].flat(),
  );
  const under = toLine({ main: at }, 'under');
  const markup = [toDisclosure(sheet, `${instance}/${name}`, { main, told: { level, words }, side }, inside), under];
  return { lines: 2, markup: element('div', { 'data-key': `application ${instance}/${name}` }, markup) };
}

/** How the Argo CD widget draws its data: each application with what it runs, and what it ran before. */
export const argocd: Drawing<ArgocdData> = {
  empty: 'Argo CD knows no application by the name or selector of this entity’s annotation.',
  draw: ({ applications, more }, sheet) => {
    const [only] = applications;
    const isOnly = applications.length === 1;
    const rows = applications.map((application) => toApplication(sheet, application, isOnly));
    const history = isOnly && only ? listHistory(sheet, only) : [];
    const before = history.length > 0 ? [toRow(toHeading('Before that')), ...history] : [];
    const left =
      more > 0 ? [toRow(toLine({ main: toCut(`${more} more applications that are not listed here`, 'quiet') }))] : [];
    return isOnly
      ? [...rows, ...before].slice(0, sheet.room - 1).map(({ markup }) => markup)
      : toFitting([...rows, ...left], sheet.room, sheet.isAll('applications'), 'applications');
  },
};
