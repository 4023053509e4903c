import type { LiveTrouble } from '#model/live/answer.ts';
import { toWrongAnnotation } from '../../answering/unasked.ts';
import { findSelector, formatSelector, isNamespaceName, isSelected, type Selector } from '../../texts/selector.ts';
import type { KnownApplication } from './project.ts';

/** Which applications an entity means. */
export type Target = { name?: string; selector?: Selector; project?: string; namespace?: string };

const isName = (text: string) => /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/.test(text);
const isProject = (text: string) => /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(text);

/** What each annotation chooses by; nothing when its value cannot be used. */
const rows: readonly { annotation: string; expects: string; find: (value: string) => Target | undefined }[] = [
  {
    annotation: 'argocd/app-name',
    expects: 'the name of one application of Argo CD',
    find: (name) => (isName(name) ? { name } : undefined),
  },
  {
    annotation: 'argocd/app-selector',
    expects: 'a label selector, `team=payments`',
    find: (text) => {
      const selector = findSelector(text);
      return selector && { selector };
    },
  },
  {
    annotation: 'argocd/project-name',
    expects: 'the name of a project of Argo CD',
    find: (project) => (isProject(project) ? { project } : undefined),
  },
  {
    annotation: 'argocd/app-namespace',
    expects: 'the name of one namespace',
    find: (namespace) => (isNamespaceName(namespace) ? { namespace } : undefined),
  },
];

/** Reads the target of an entity. A name says it all; otherwise selector and project must both fit. */
export function parseTarget(annotations: Readonly<Record<string, string>>): {
  value?: Target;
  troubles: LiveTrouble[];
} {
  const target: Target = {};
  const troubles: LiveTrouble[] = [];
  for (const { annotation, expects, find } of rows) {
    if (!Object.hasOwn(annotations, annotation)) continue;
    const found = find(annotations[annotation] ?? '');
    if (found) Object.assign(target, found);
    else troubles.push(toWrongAnnotation(annotation, expects));
  }
  if (troubles.length > 0) return { troubles };
  const { name, namespace } = target;
  return { value: name === undefined ? target : { name, ...(namespace !== undefined && { namespace }) }, troubles };
}

/** Whether an application is one that an entity means. */
export function isChosen(application: KnownApplication, target: Target): boolean {
  return (
    (target.name === undefined || application.name === target.name) &&
    (target.project === undefined || application.project === target.project) &&
    (target.namespace === undefined || application.namespace === target.namespace) &&
    (target.selector === undefined || isSelected(application.labels, target.selector))
  );
}

/** The target as Argo CD's own list understands it. */
export function toListQuery({ name, selector, project, namespace }: Target): [string, string][] {
  const given: [string, string | undefined][] = [
    ['name', name],
    ['selector', selector && formatSelector(selector)],
    ['projects', project],
    ['appNamespace', namespace],
  ];
  return given.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] satisfies [string, string]]));
}
