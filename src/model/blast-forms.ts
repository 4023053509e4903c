import type { BlastHit, BlastOwner, BlastReport } from './blast-report.ts';
import { formatBlastRadius, formatWay } from './blast-words.ts';
import type { GraphFileNode } from './graph.ts';

/** A form that a report of who is hit is handed out in. */
export type BlastForm = { name: string; ending: string; mediaType: string; write: (report: BlastReport) => string };

/** For a spreadsheet, for a program, and for the channel of an incident. */
export const blastForms: readonly BlastForm[] = [
  { name: 'CSV', ending: 'csv', mediaType: 'text/csv', write: toCsv },
  { name: 'JSON', ending: 'json', mediaType: 'application/json', write: toJson },
  { name: 'Markdown', ending: 'md', mediaType: 'text/markdown', write: toMarkdown },
];

const columns: Record<string, (hit: BlastHit, team: BlastOwner) => string> = {
  team: (_hit, { owner }) => owner?.label ?? '',
  team_ref: (_hit, { owner }) => owner?.ref ?? '',
  contact: (_hit, { owner }) => (owner?.contacts ?? []).map(({ url }) => url.replace(/^mailto:/, '')).join(' '),
  name: ({ node }) => node.label,
  ref: ({ node }) => node.ref,
  type: ({ node }) => node.type ?? '',
  lifecycle: ({ node }) => node.lifecycle ?? '',
  tier: ({ node }) => String(node.tier ?? ''),
  part_of: ({ node }) => node.partOf ?? '',
  distance: ({ distance }) => String(distance),
  through: ({ through }) => formatNames(through),
  shared_resources: ({ shared }) => formatNames(shared),
};

const formatNames = (nodes: readonly GraphFileNode[]) => nodes.map(({ label }) => label).join(', ');

function toCsv({ owners }: BlastReport): string {
  const head = Object.keys(columns).map(formatCell);
  const rows = owners.flatMap((team) =>
    team.hits.map((hit) => Object.values(columns).map((column) => formatCell(column(hit, team)))),
  );
  return [head, ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** A cell that a spreadsheet takes for text, whatever it begins with. */
export function formatCell(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\s]+/gu, ' ');
  const harmless = /^\s*[=+\-@]/.test(line) ? `'${line}` : line;
  return /[",']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function toJson({ of, total, direct, teams, tiers, apis, owners }: BlastReport): string {
  const toRefs = (nodes: readonly GraphFileNode[]) => nodes.map(({ ref }) => ref);
  const things = owners.flatMap(({ hits }) =>
    hits.map(({ node, distance, through, shared }) => ({
      ...node,
      distance,
      ...(through.length > 0 && { through: toRefs(through) }),
      ...(shared.length > 0 && { shared: toRefs(shared) }),
    })),
  );
  const counted = owners.map(({ owner, hits }) => ({
    ref: owner?.ref ?? null,
    label: owner?.label,
    count: hits.length,
    contacts: owner?.contacts ?? [],
  }));
  const { ref, label } = of;
  return `${JSON.stringify({ version: 1, ref, label, total, direct, teams, tiers, apis: apis.count, owners: counted, things })}\n`;
}

function toMarkdown(report: BlastReport): string {
  const teams = report.owners.flatMap((team) => [
    `**${team.owner ? escapeMarkdown(team.owner.label) : 'Nobody'}** (${team.hits.length})${formatContacts(team)}`,
    ...team.hits.map((hit) => `- ${formatHit(hit)}`),
    '',
  ]);
  return [`## If ${escapeMarkdown(report.of.label)} is down`, '', formatBlastRadius(report), '', ...teams].join('\n');
}

function formatContacts({ owner }: BlastOwner): string {
  const links = (owner?.contacts ?? []).map(
    ({ url, title }) => `[${escapeMarkdown(title)}](<${url.replaceAll(/[<>\s]/g, encodeURIComponent)}>)`,
  );
  return links.length === 0 ? '' : `: ${links.join(', ')}`;
}

function formatHit({ node, through }: BlastHit): string {
  const facts = [node.type, node.tier === undefined ? undefined : `tier-${node.tier}`];
  const said = facts.filter((fact) => fact !== undefined).map(escapeMarkdown);
  const way = formatWay({ through: through.map(({ label }) => label) });
  return `${escapeMarkdown(node.label)}${said.length > 0 ? ` (${said.join(', ')})` : ''}, ${escapeMarkdown(way)}`;
}

/** A name as Markdown that is nothing but text. */
export function escapeMarkdown(text: string): string {
  const line = text.replaceAll(/[\p{C}\s]+/gu, ' ').trim();
  return line.replaceAll(/[\\`*_{}[\]<>()#|~!@:]/g, (sign) => `\\${sign}`);
}
