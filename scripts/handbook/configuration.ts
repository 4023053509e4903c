import { type JsonSchema, toValueSchema } from '../settings/json-schema.ts';
import { type SettingForm, type SettingRow, type SettingSection, settingSections } from '../settings/reference.ts';
import { formatDefinitions } from './definitions.ts';
import { formatType, formatTypes, formatValue } from './type-words.ts';

const beginning = `# Configuration

All settings stand in \`app-config.yaml\`: those of Backstage as they are, ours below \`portal\`. Several files are laid over each other with
\`--config\`; without it \`app-config.yaml\` is read, and \`app-config.local.yaml\` over it. \`\${NAME}\`, \`\${NAME:-default}\`, \`$env\`, \`$file\` and
\`$include\` stand for what Backstage lets them stand for, and \`APP_CONFIG_portal_title=…\` in the environment for \`portal: {title: …}\`.

A value that cannot be is told of with its place and counts as left out; nothing else is touched by it. So is a key below \`portal\` that no
setting has. Editors that know JSON Schema help with both:

\`\`\`yaml title="app-config.yaml"
# yaml-language-server: $schema=./node_modules/portolan/deploy/app-config.schema.json
\`\`\`

Other settings of Backstage may stay; they are not read.
`;

/** The page of all settings. */
export function formatConfigurationPage(sections: readonly SettingSection[] = settingSections): string {
  return [beginning, ...sections.map(formatSection)].join('\n');
}

function formatSection({ title, about, rows }: SettingSection): string {
  const list = formatDefinitions(
    rows.map((row) => ({ term: formatTerm(row.path, formatForms(row)), meaning: formatMeaning(row.about, row) })),
  );
  return [`## ${title}\n\n${about}\n\n${list}`, ...rows.flatMap(formatKeys)].join('\n');
}

/** The keys inside of a setting. */
function formatKeys(row: SettingRow): string[] {
  const keys = listKeys(toValueSchema(row), '');
  if (keys.length === 0) return [];
  const list = formatDefinitions(
    keys.map(({ key, schema, isNeeded }) => ({
      term: formatTerm(key, `${formatType(schema)}${isNeeded ? ', needed' : ''}`),
      meaning: formatMeaning(schema.description ?? '', { usually: schema.default }),
    })),
  );
  return [`### \`${row.path}\`\n\n${list}`];
}

type Key = { key: string; schema: JsonSchema; isNeeded: boolean };

function listKeys(schema: JsonSchema, prefix: string): Key[] {
  const inner = [schema, ...(schema.anyOf ?? [])].filter((each) => typeof each === 'object');
  return inner.flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties).flatMap(([name, value]): Key[] => {
      if (typeof value === 'boolean') return [];
      const key = `${prefix}${name}`;
      const items = typeof value.items === 'object' && !Array.isArray(value.items) ? value.items : {};
      const below = [...listKeys(value, `${key}.`), ...listKeys(items, `${key}[].`)].filter(
        ({ schema: { description } }) => description !== undefined,
      );
      return [{ key, schema: value, isNeeded: required.includes(name) }, ...below];
    }),
  );
}

const forms: Record<SettingForm, (schema: JsonSchema) => string> = {
  value: formatType,
  list: (schema) => `list of ${formatTypes(schema)}`,
  map: (schema) => `${formatTypes(schema)} by name`,
};

function formatForms(row: SettingRow): string {
  const schema = toValueSchema(row);
  return (row.forms ?? ['value']).map((form) => forms[form](schema)).join(', or ');
}

const formatTerm = (path: string, type: string): string => `\`${path}\` · ${type}`;

function formatMeaning(about: string, { usually, otherwise }: Pick<SettingRow, 'usually' | 'otherwise'>): string {
  const isShown = usually !== undefined && JSON.stringify(usually) !== '{}';
  const usual = otherwise ?? (isShown ? formatValue(usually) : undefined);
  return `${about}.${usual === undefined ? '' : ` When left out: ${usual}.`}`;
}
