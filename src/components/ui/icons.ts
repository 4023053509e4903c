/** Icons that the pages themselves use, by their names in the Lucide set. */
export const pageIcons = [
  'arrow-left',
  'arrow-right',
  'book-open',
  'bug',
  'check',
  'chevron-right',
  'circle-alert',
  'circle-check',
  'circle-help',
  'circle-x',
  'clipboard-list',
  'copy',
  'external-link',
  'file-down',
  'flag',
  'flask-conical',
  'info',
  'lightbulb',
  'menu',
  'octagon-alert',
  'pencil',
  'quote',
  'search',
  'star',
  'sun-moon',
  'triangle-alert',
  'user',
  'users',
  'x',
] as const;

/** The icon names that catalog files use for links (Backstage's, and what people write), in the Lucide set. */
const linkIcons: Record<string, string> = {
  alert: 'bell',
  api: 'plug',
  book: 'book-open',
  catalog: 'library',
  chat: 'message-square',
  code: 'code',
  dashboard: 'layout-dashboard',
  doc: 'book-open',
  docs: 'book-open',
  email: 'mail',
  github: 'git-branch',
  graph: 'chart-line',
  group: 'users',
  help: 'circle-help',
  kubernetes: 'ship-wheel',
  link: 'link',
  mail: 'mail',
  on: 'bell',
  pager: 'siren',
  pipeline: 'workflow',
  runbook: 'book-open-check',
  scaffolder: 'hammer',
  search: 'search',
  slack: 'message-square',
  techdocs: 'book-open',
  user: 'user',
  warning: 'triangle-alert',
  web: 'globe',
  website: 'globe',
};

/** The Lucide name for an icon that a catalog file names; a chain link where the name is not known. */
export function toLinkIcon(name: string): string {
  return linkIcons[name.toLowerCase()] ?? 'link';
}

/** Every icon that a page can ask for through `toLinkIcon`. */
export const allLinkIcons = [...new Set(Object.values(linkIcons))];
