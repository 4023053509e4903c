import { element, type Markup } from '#components/lists/markup.ts';
import type { LivePod, LiveWorkload } from '#model/live/kubernetes.ts';
import { type Row, toCut, toLine, toRow, toStatus, toSubject, toTime } from './drawing.ts';
import type { Sheet } from './frame-view.ts';
import { formatCount } from './words.ts';

function toContainers({ containers }: LivePod): Markup {
  return element(
    'ul',
    { role: 'list' },
    containers.map(({ name, state, restarts, tag, isInit }) =>
      element('li', { title: `${name}:${tag}, ${formatCount(restarts, 'restart')}` }, [
        `${name}${isInit ? ' (init)' : ''} `,
        element('span', { class: 'quiet' }, state),
      ]),
    ),
  );
}

function toPod(sheet: Sheet, workload: LiveWorkload, pod: LivePod, hasLogs: boolean): Markup {
  const { cluster, namespace } = workload;
  const restarted = pod.lastRestartAt ? [', last ', toTime(sheet, pod.lastRestartAt)] : [];
  const logs = element(
    'button',
    {
      type: 'button',
      class: 'plain',
      'data-act': 'logs',
      'data-key': `logs ${pod.name}`,
      'data-cluster': cluster,
      'data-namespace': namespace,
      'data-pod': pod.name,
      'data-containers': pod.containers.map(({ name }) => name).join(' '),
      'aria-label': `Logs of ${pod.name}`,
    },
    'Logs',
  );
  return element('tr', { 'data-key': pod.name }, [
    element('th', { scope: 'row' }, element('code', {}, pod.name)),
    element('td', {}, toStatus(sheet, pod.level, pod.words)),
    element('td', {}, `${pod.ready} of ${pod.wanted} ready`),
    element('td', {}, [formatCount(pod.restarts, 'restart'), ...restarted]),
    element('td', {}, pod.node ? [pod.node, pod.zone ? ` ${pod.zone}` : ''] : ''),
    element('td', {}, toContainers(pod)),
    ...(hasLogs ? [element('td', {}, logs)] : []),
  ]);
}

/** The pods of a workload, and below them the place where the logs of one of them are read. */
export function toPods(sheet: Sheet, workload: LiveWorkload, hasLogs: boolean): Markup {
  const { pods, morePods, name } = workload;
  if (pods.length === 0) return element('p', { class: 'quiet' }, 'It has no pods now.');
  const headings = ['Pod', 'Status', 'Ready', 'Restarts', 'Node', 'Containers', ...(hasLogs ? ['Logs'] : [])];
  return [
    element(
      'div',
      { class: 'scrolled' },
      element('table', { class: 'lines stack' }, [
        element('caption', { class: 'unseen' }, `Pods of ${name}`),
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            headings.map((heading) => element('th', { scope: 'col' }, heading)),
          ),
        ),
        element(
          'tbody',
          {},
          pods.map((pod) => toPod(sheet, workload, pod, hasLogs)),
        ),
      ]),
    ),
    morePods > 0 ? element('p', { class: 'quiet' }, `and ${formatCount(morePods, 'more pod')}`) : '',
    element('div', { 'data-kept': '', 'data-key': 'log-panel' }),
  ];
}

/** A pod in one line. */
export function toPodLine(sheet: Sheet, { name, level, words, ready, wanted, restarts, startedAt }: LivePod): Row {
  const main = toSubject(sheet, level, element('code', { class: 'cut', title: name }, name));
  const side = [
    element('span', { class: 'fact wide' }, toCut(`${ready} of ${wanted} ready`)),
    element('span', { class: 'fact' }, restarts > 0 ? formatCount(restarts, 'restart') : ''),
    element('span', { class: 'fact tag' }),
    element('span', { class: 'fact end' }, startedAt ? toTime(sheet, startedAt) : ''),
  ];
  const line = toLine({ main, told: { level, words }, side }, 'under');
  return toRow(element('div', { 'data-key': `pod ${name}` }, line));
}
