import type { LiveStatusList } from '#model/live/answer.ts';
import type { ProxyEntity } from '#model/live/catalog.ts';
import { listWidgets } from '#model/live/widgets.ts';
import { toEtag } from '../answering/etag.ts';
import { gather } from '../answering/gather.ts';
import { toStatusLine, type WidgetAnswers } from '../answering/status-line.ts';
import { isRef } from '../guard/question.ts';
import { toAuthorisationClass } from '../identity.ts';
import type { House } from '../parts.ts';
import { defineRoute, type Question, toRefused } from './define.ts';
import { toTagged } from './widget.ts';

const mostRefs = 100;
/** A list does not wait longer for the slowest of its dots. */
const longestWait = 4_000;
/** How many answers are composed at once for one list, so that an upstream is not overrun. */
const width = 12;

/** How several entities are, each in a few words, for dots on lists. */
export const statusRoute = defineRoute({
  name: 'status',
  path: '/api/live/status',
  ids: [],
  parameters: ['refs'],
  toCost: (query) => Math.max(1, Math.ceil(toRefs(query).length / 10)),
  answer: async (question, house) => {
    const refs = toRefs(question.query);
    if (refs.length > mostRefs) return toRefused('too-many-refs');
    if (refs.length === 0 || !refs.every(isRef)) return toRefused('wrong-parameter');
    const list = await toList([...new Set(refs)], question, house);
    const bytes = new TextEncoder().encode(JSON.stringify(list));
    const response = toTagged(bytes, toEtag(bytes), question.arrival.findHeader('if-none-match'));
    return { response, state: 'ok', viewed: 'status' };
  },
});

function toRefs(query: ReadonlyMap<string, string>): string[] {
  return (query.get('refs') ?? '').split(',').filter((ref) => ref !== '');
}

async function toList(refs: readonly string[], question: Question, house: House): Promise<LiveStatusList> {
  const found = refs.flatMap((ref) => {
    const entity = question.catalog.find(ref);
    const answerable = entity ? listAnswerable(entity, house) : [];
    return entity && answerable.length > 0 ? { entity, answerable } : [];
  });
  const known = new Set(found.map(({ entity }) => entity.ref));
  const answers = await readAll(found, question, house);
  const agains = answers.flatMap((row) => row.map(({ answer }) => answer?.again ?? 5));
  return {
    version: 1,
    again: Math.min(60, Math.max(5, ...(agains.length > 0 ? [Math.min(...agains)] : [60]))),
    ...(house.settings.isDemo && { demo: true }),
    entities: found.map(({ entity }, at) => toStatusLine(entity.ref, answers[at] ?? [])),
    unknown: refs.filter((ref) => !known.has(ref)),
  };
}

function listAnswerable(entity: ProxyEntity, { widgets }: House): House['widgets'] {
  const ids = new Set(listWidgets(entity.annotations).map(({ id }) => id));
  return widgets.filter(({ id }) => ids.has(id));
}

type Found = { entity: ProxyEntity; answerable: House['widgets'] };

/** The answers of all widgets of all entities, or as many as came in time. */
async function readAll(found: readonly Found[], { viewer }: Question, house: House): Promise<WidgetAnswers[]> {
  const tasks = found.flatMap(({ entity, answerable }) =>
    answerable.map((widget) => () => house.answers.read(widget, entity, toAuthorisationClass(viewer, entity))),
  );
  const results = (await gather(tasks, { width, milliseconds: longestWait, timer: house.timer })).values();
  return found.map(({ answerable }) =>
    answerable.map(({ id }) => {
      const { value } = results.next();
      return { widget: id, ...(value && { answer: value.answer }) };
    }),
  );
}
