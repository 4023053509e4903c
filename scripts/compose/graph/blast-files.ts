import { formatBlastRadius, formatWay } from '#model/blast-words.ts';
import type { BlastRadius, BlastRow, BlastTeam } from '#model/pages/graph-page.ts';
import type { EntityLink } from '#model/pages/parts.ts';
import type { SiteFile } from '../compose.ts';

/** The blast radius of an entity for other programs and for an incident channel. */
export function listBlastFiles(link: EntityLink, radius: BlastRadius): SiteFile[] {
  const { exports } = radius;
  return [
    { path: exports.csv, text: toCsv(radius) },
    { path: exports.json, text: toJson(link, radius) },
    { path: exports.markdown, text: toMarkdown(link, radius) },
  ];
}

type ColumnOf = (row: BlastRow, team: BlastTeam) => string;

const columns: Record<string, ColumnOf> = {
  team: (_row, { owner }) => owner?.label ?? '',
  team_ref: (_row, { owner }) => owner?.ref ?? '',
  contact: (_row, { contacts }) => contacts.map(({ url }) => url.replace(/^mailto:/, '')).join(' '),
  name: ({ line }) => line.label,
  ref: ({ line }) => line.ref,
  type: ({ line }) => line.type ?? '',
  lifecycle: ({ line }) => line.lifecycle ?? '',
  tier: ({ tier }) => (tier === undefined ? '' : String(tier)),
  distance: ({ distance }) => String(distance),
  through: ({ through }) => through.map(({ label }) => label).join(', '),
  shared_resources: ({ shared }) => shared.map(({ label }) => label).join(', '),
};

function toCsv({ byTeam }: BlastRadius): string {
  const head = Object.keys(columns).map(formatCell).join(',');
  const rows = byTeam.flatMap((team) =>
    team.rows.map((row) => Object.values(columns).map((column) => formatCell(column(row, team)))),
  );
  return [head, ...rows.map((cells) => cells.join(','))].map((line) => `${line}\r\n`).join('');
}

/** A cell that a spreadsheet takes for text, whatever it begins with. */
export function formatCell(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\s]+/gu, ' ');
  const harmless = /^\s*[=+\-@]/.test(line) ? `'${line}` : line;
  return /[",']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function toJson({ ref, label }: EntityLink, { total, direct, teams, tiers, apis, byTeam, left }: BlastRadius): string {
  const toRefs = (links: readonly EntityLink[]) => links.map((link) => link.ref);
  const things = byTeam.flatMap(({ owner, rows }) =>
    rows.map(({ line, tier, distance, through, shared }) => ({
      ref: line.ref,
      label: line.label,
      owner: owner?.ref,
      type: line.type,
      lifecycle: line.lifecycle,
      tier,
      distance,
      ...(through.length > 0 && { through: toRefs(through) }),
      ...(shared.length > 0 && { shared: toRefs(shared) }),
    })),
  );
  const owners = byTeam.map(({ owner, contacts, count }) => ({
    ref: owner?.ref ?? null,
    label: owner?.label,
    count,
    contacts: contacts.map(({ url, title }) => ({ url, title })),
  }));
  return `${JSON.stringify({ version: 1, ref, label, total, direct, teams, tiers, apis: apis.count, left, owners, things })}\n`;
}

function toMarkdown(link: EntityLink, radius: BlastRadius): string {
  const { byTeam, left } = radius;
  const teams = byTeam.flatMap((team) => [
    `**${team.owner ? escapeMarkdown(team.owner.label) : 'Nobody'}** (${team.count})${formatContacts(team)}`,
    ...team.rows.map((row) => `- ${formatRow(row)}`),
    '',
  ]);
  return [
    `## If ${escapeMarkdown(link.label)} is down`,
    '',
    formatBlastRadius(radius),
    '',
    ...teams,
    ...(left > 0 ? [`And ${left.toLocaleString('en-US')} more that are farther away.`, ''] : []),
  ].join('\n');
}

const formatContacts = ({ contacts }: BlastTeam) =>
  contacts.length === 0
    ? ''
    : `: ${contacts.map(({ url, title }) => `[${escapeMarkdown(title)}](<${url.replaceAll(/[<>\s]/g, encodeURIComponent)}>)`).join(', ')}`;

function formatRow(row: BlastRow): string {
  const facts = [row.line.type, row.tier === undefined ? undefined : `tier-${row.tier}`];
  const said = facts.filter((fact) => fact !== undefined).map(escapeMarkdown);
  return `${escapeMarkdown(row.line.label)}${said.length > 0 ? ` (${said.join(', ')})` : ''}, ${escapeMarkdown(formatWay(row))}`;
}

/** A name as Markdown that is nothing but text. */
export function escapeMarkdown(text: string): string {
  const line = text.replaceAll(/[\p{C}\s]+/gu, ' ').trim();
  return line.replaceAll(/[\\`*_{}[\]<>()#|~!@:]/g, (sign) => `\\${sign}`);
}
