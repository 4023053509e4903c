// Cuts the answers that this server and the demonstration's give out of GitHub's OpenAPI, which is far too large to depend on:
//   npm pack @octokit/openapi, unpack it, then
//   node tests/github/schemas/extract.mjs <package>/generated/api.github.com.json
import { readFileSync, writeFileSync } from 'node:fs';
import { toOperation } from '../rest/route.ts';
import { routes } from '../rest/routes/index.ts';

const [file] = process.argv.slice(2);
if (!file) throw new Error('Name the file api.github.com.json of the package @octokit/openapi.');

const openapi = JSON.parse(readFileSync(file, 'utf8'));
const components = {};

/** What only people read. */
const prose = [
  'description',
  'example',
  'examples',
  'title',
  'externalDocs',
  'deprecated',
  'default',
  'readOnly',
  'discriminator',
];

/** A schema as JSON Schema knows it: `nullable` becomes a type, and what it refers to is taken along. */
function convert(schema) {
  if (Array.isArray(schema)) return schema.map(convert);
  if (typeof schema !== 'object' || schema === null) return schema;
  if (schema.$ref) return { $ref: takeAlong(schema.$ref) };
  const { nullable, properties, ...rest } = schema;
  const kept = Object.entries(rest).filter(([key]) => !prose.includes(key) && !key.startsWith('x-'));
  const converted = Object.fromEntries(kept.map(([key, value]) => [key, key === 'enum' ? value : convert(value)]));
  if (properties)
    converted.properties = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, convert(value)]));
  return nullable ? { anyOf: [{ type: 'null' }, converted] } : converted;
}

function takeAlong(ref) {
  const name = ref.replace('#/components/schemas/', '');
  if (!(name in components)) {
    components[name] = null;
    components[name] = convert(openapi.components.schemas[name]);
  }
  return `#/components/${name}`;
}

/** GitHub's file writes this one out, with an account that is a user and an enterprise at once. */
const mended = {
  'GET /app/installations': { type: 'array', items: { $ref: '#/components/schemas/installation' } },
};

/** The schema of what a route answers when all is well. */
function findAnswer({ method, path }) {
  const { responses } = openapi.paths[path]?.[method.toLowerCase()] ?? {};
  const found = responses?.['200'] ?? responses?.['201'];
  const response = found?.$ref ? openapi.components.responses[found.$ref.split('/').at(-1)] : found;
  return response?.content?.['application/json']?.schema;
}

/** What the demonstration's GitHub answers besides, and the one that people sign in with. */
const answeredElsewhere = [
  { method: 'GET', path: '/repos/{owner}/{repo}/actions/workflows' },
  { method: 'GET', path: '/repos/{owner}/{repo}/pulls/{pull_number}/reviews' },
  { method: 'GET', path: '/user/emails' },
  { method: 'GET', path: '/user/orgs' },
  { method: 'GET', path: '/user/teams' },
  { method: 'GET', path: '/user/memberships/orgs/{org}' },
  { method: 'GET', path: '/orgs/{org}/teams/{team_slug}/memberships/{username}' },
];

const answers = {};
for (const route of [...routes, ...answeredElsewhere]) {
  const operation = toOperation(route);
  const schema = mended[operation] ?? findAnswer(route);
  if (schema) answers[operation] = convert(schema);
  else console.error(`GitHub's OpenAPI has no answer for ${operation}.`);
}

const sorted = Object.fromEntries(Object.entries(components).sort(([a], [b]) => a.localeCompare(b, 'en')));
const version = openapi.info.version;
writeFileSync(
  new URL('fixtures/answers.json', import.meta.url),
  `${JSON.stringify({ source: `GitHub REST API ${version}`, answers, components: sorted })}\n`,
);
console.error(`${Object.keys(answers).length} answers, ${Object.keys(sorted).length} schemas.`);
