import type { RequestListener } from 'node:http';
import { createDemoListener, type DemoAnswer, type DemoQuestion } from '../respond.ts';
import { cutToFields } from './fields.ts';
import type { ArgocdWorld, DemoApplication } from './world.ts';

/** A refusal as the gateway before Argo CD's services writes it. */
const toRefusal = (status: number, code: number, message: string): DemoAnswer => ({
  status,
  body: { error: message, code, message },
});

const toDenied = () => toRefusal(403, 7, 'permission denied');

/** The simple half of label selectors: what is the same, what is not, what is there. */
function isSelected(labels: Record<string, string>, selector: string): boolean {
  return selector.split(/,(?![^()]*\))/).every((condition) => {
    const [, key = '', sign = '', value = ''] =
      /^\s*!?\s*([\w./-]+)\s*(==?|!=|in|notin)?\s*\(?([^)]*)\)?\s*$/.exec(condition) ?? [];
    const isThere = Object.hasOwn(labels, key);
    const isOne = value
      .split(',')
      .map((one) => one.trim())
      .includes(labels[key] ?? '');
    if (sign === '') return isThere !== condition.trim().startsWith('!');
    return sign === '!=' || sign === 'notin' ? !(isThere && isOne) : isThere && isOne;
  });
}

function isAsked({ metadata, spec }: DemoApplication, query: URLSearchParams): boolean {
  const [name, selector, namespace] = [query.get('name'), query.get('selector'), query.get('appNamespace')];
  const projects = [...query.getAll('projects'), ...query.getAll('project')];
  return (
    (!name || metadata.name === name) &&
    (!namespace || metadata.namespace === namespace) &&
    (projects.length === 0 || projects.includes(spec.project)) &&
    (!selector || isSelected(metadata.labels ?? {}, selector))
  );
}

const isSeen = ({ projects }: ArgocdWorld, { spec }: DemoApplication) => projects?.includes(spec.project) ?? true;

/** What is not there, and what is not shown, is refused in the same words. */
function answerOne(world: ArgocdWorld, name: string, query: URLSearchParams): DemoAnswer {
  const found = world.applications.find(
    (application) => application.metadata.name === name && isSeen(world, application) && isAsked(application, query),
  );
  return found ? { status: 200, body: found } : toDenied();
}

function answerList(world: ArgocdWorld, query: URLSearchParams): DemoAnswer {
  const items = world.applications
    .filter((application) => isSeen(world, application) && isAsked(application, query))
    .map((application) => cutToFields(application, query.get('fields')));
  return { status: 200, body: { metadata: { resourceVersion: '1' }, items: items.length > 0 ? items : null } };
}

function answer(world: ArgocdWorld, { path, query, header }: DemoQuestion): DemoAnswer {
  if (header('authorization') !== `Bearer ${world.token}`) return toRefusal(401, 16, 'no session information');
  const [, name] = /^\/api\/v1\/applications(?:\/([^/]+))?$/.exec(path) ?? [path];
  if (name !== undefined) return answerOne(world, decodeURIComponent(name), query);
  return /^\/api\/v1\/applications$/.test(path) ? answerList(world, query) : toRefusal(404, 5, 'Not Found');
}

/** A made-up Argo CD: it answers like the real one, by what its world is at that moment. */
export function createArgocd(toWorld: () => ArgocdWorld): RequestListener {
  return createDemoListener((question) => answer(toWorld(), question));
}
