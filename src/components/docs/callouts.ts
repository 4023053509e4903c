/** A sort of admonition: the names that authors write for it, its icon, and what its colour means. */
type Callout = { names: readonly string[]; icon: string; tone: 'plain' | 'accent' | 'well' | 'attention' | 'broken' };

const note: Callout = { names: ['note', 'seealso'], icon: 'pencil', tone: 'accent' };

const callouts: readonly Callout[] = [
  note,
  { names: ['abstract', 'summary', 'tldr'], icon: 'clipboard-list', tone: 'accent' },
  { names: ['info', 'todo'], icon: 'info', tone: 'accent' },
  { names: ['tip', 'hint', 'important'], icon: 'lightbulb', tone: 'well' },
  { names: ['success', 'check', 'done'], icon: 'circle-check', tone: 'well' },
  { names: ['question', 'help', 'faq'], icon: 'circle-help', tone: 'accent' },
  { names: ['warning', 'caution', 'attention'], icon: 'triangle-alert', tone: 'attention' },
  { names: ['failure', 'fail', 'missing'], icon: 'circle-x', tone: 'broken' },
  { names: ['danger', 'error'], icon: 'octagon-alert', tone: 'broken' },
  { names: ['bug'], icon: 'bug', tone: 'broken' },
  { names: ['example'], icon: 'flask-conical', tone: 'plain' },
  { names: ['quote', 'cite'], icon: 'quote', tone: 'plain' },
];

const byName = new Map(callouts.flatMap((callout) => callout.names.map((name) => [name, callout] as const)));

/** The sort of admonition that an element's classes name; a note where none of them is known. */
export function toCallout(classes: string): Callout {
  return classes.split(/\s+/).flatMap((name) => byName.get(name.toLowerCase()) ?? [])[0] ?? note;
}
