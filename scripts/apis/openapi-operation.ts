import { toCurl } from './curl.ts';
import type { Case, Entry, Fact, Field, Part, Shape } from './model.ts';
import type { Route } from './openapi.ts';
import { findSecurity, type OpenapiContext, toBaseUrl, toCredentials } from './openapi-shared.ts';
import type { Placed } from './resolver.ts';
import { toCode } from './schema-notes.ts';
import { findExample, toSketch } from './sketch.ts';
import { findText, isKeyed, type Keyed, toEntries, toKeyed, toList } from './value.ts';

/** An operation of a path. */
export function toOperation(
  route: Route,
  toId: (prefix: string, name: string) => string,
  context: OpenapiContext,
): Entry {
  const { method, at, operation } = route;
  const { operationId, summary, description, deprecated } = operation;
  return {
    id: toId('operation', findText(operationId) ?? `${method}${at}`),
    badge: method.toUpperCase(),
    name: at,
    ...(findText(summary) && { title: String(summary) }),
    ...(findText(description) && { description: String(description) }),
    ...(deprecated === true && { isDeprecated: true }),
    parts: () => listParts(route, context),
  };
}

function listParts(route: Route, context: OpenapiContext): Part[] {
  const { operation, file } = route;
  const parameters = listParameters(route, context);
  const body = findBody(parameters, operation, file, context);
  const security = findSecurity(operation, context);
  const facts: Fact[] = [
    ...(security ? [security] : []),
    ...(findText(operation.operationId) ? [{ label: 'Operation id', words: [String(operation.operationId)] }] : []),
  ];
  return [
    ...(facts.length > 0 ? [{ kind: 'facts' as const, facts }] : []),
    ...toParameterParts(parameters, context),
    ...(body ? toBodyParts('Request body', body, context) : []),
    ...toAnswers(operation, file, context),
    ...(route.isWebhook ? [] : [toExampleCall(route, parameters, body, context)]),
  ];
}

/** The parameters of an operation, and those of its path that it does not replace. */
function listParameters({ operation, shared, file }: Route, { resolver }: OpenapiContext): Placed[] {
  const follow = (all: unknown) => toList(all).flatMap((each) => resolver.follow(each, file) ?? []);
  const byName = new Map<string, Placed>();
  for (const placed of [...follow(shared), ...follow(operation.parameters)])
    byName.set(`${placed.value.in} ${placed.value.name}`, placed);
  return [...byName.values()];
}

const places = [
  { in: 'path', title: 'In the path' },
  { in: 'query', title: 'In the query' },
  { in: 'header', title: 'In headers' },
  { in: 'cookie', title: 'In cookies' },
] as const;

function toParameterParts(parameters: readonly Placed[], context: OpenapiContext): Part[] {
  return places.flatMap((place): Part[] => {
    const own = parameters.filter(({ value }) => value.in === place.in);
    return own.length === 0
      ? []
      : [{ kind: 'fields', title: place.title, fields: own.map((each) => toParameter(each, context)) }];
  });
}

function toParameter({ value, file }: Placed, { schemas, resolver }: OpenapiContext): Field {
  const [media] = Object.values(toKeyed(value.content));
  const { description: _said, ...own } = toKeyed(value);
  const shape = schemas.toShape(value.schema ?? toKeyed(media).schema ?? own, file);
  const example = findExample(value, resolver, file);
  const description = findText(value.description) ?? shape.description;
  return {
    name: String(value.name ?? ''),
    ...(value.required === true && { isRequired: true }),
    ...(value.deprecated === true && { isDeprecated: true }),
    shape: {
      ...shape,
      ...(description && { description }),
      ...(example !== undefined && { examples: [toCode(example)] }),
    },
  };
}

/** A body in its media types. */
type Body = { description?: string; isRequired: boolean; media: [type: string, media: Keyed][]; file: string };

function findBody(
  parameters: readonly Placed[],
  operation: Keyed,
  file: string,
  context: OpenapiContext,
): Body | undefined {
  if (context.isOld) return findOldBody(parameters, operation, file, context.top);
  const placed = operation.requestBody === undefined ? undefined : context.resolver.follow(operation.requestBody, file);
  if (!placed) return undefined;
  const { description, required, content } = placed.value;
  const media = toMedia(content);
  const said = findText(description);
  return { ...(said && { description: said }), isRequired: required === true, media, file: placed.file };
}

const toMedia = (content: unknown): Body['media'] =>
  toEntries(content).map(([type, media]): [string, Keyed] => [type, toKeyed(media)]);

/** OpenAPI 2.0 says the body among the parameters, whole or field by field. */
function findOldBody(parameters: readonly Placed[], operation: Keyed, file: string, top: Keyed): Body | undefined {
  const whole = parameters.find(({ value }) => value.in === 'body');
  const types = listTypes(operation.consumes ?? top.consumes);
  if (whole) {
    const { description, required, schema } = whole.value;
    const media = (types.length > 0 ? types : ['application/json']).map((type): [string, Keyed] => [type, { schema }]);
    const said = findText(description);
    return { ...(said && { description: said }), isRequired: required === true, media, file: whole.file };
  }
  const fields = parameters.filter(({ value }) => value.in === 'formData');
  if (fields.length === 0) return undefined;
  const properties = Object.fromEntries(
    fields.map(({ value: { required: _required, in: _in, name, ...schema } }) => [String(name), schema]),
  );
  const required = fields.flatMap(({ value }) => (value.required === true ? [String(value.name)] : []));
  const type = types[0] ?? 'application/x-www-form-urlencoded';
  return {
    isRequired: required.length > 0,
    media: [[type, { schema: { type: 'object', properties, required } }]],
    file,
  };
}

const listTypes = (value: unknown): string[] => toList(value).filter((type) => typeof type === 'string');

function toBodyParts(title: string, { description, isRequired, media, file }: Body, context: OpenapiContext): Part[] {
  const shown = groupAlike(media);
  return shown.map(([types, { schema, ...holder }], at): Part => {
    const shape: Shape = schema === undefined ? { type: ['anything'] } : context.schemas.toShape(schema, file);
    const example = findExample(holder, context.resolver, file);
    return {
      kind: 'shape',
      title,
      note: `${types.join(', ')}${isRequired ? ', required' : ''}`,
      ...(at === 0 && description && { description }),
      shape: example === undefined ? shape : { ...shape, examples: [toCode(example)] },
    };
  });
}

/** Media types whose content is the same, together. */
function groupAlike(media: Body['media']): [string[], Keyed][] {
  const groups = new Map<string, [string[], Keyed]>();
  for (const [type, content] of media) {
    const { schema } = content;
    const ref =
      isKeyed(schema) && typeof schema.$ref === 'string' && content.example === undefined ? schema.$ref : type;
    const known = groups.get(ref);
    if (known) known[0].push(type);
    else groups.set(ref, [[type], content]);
  }
  return [...groups.values()];
}

function toAnswers(operation: Keyed, file: string, context: OpenapiContext): Part[] {
  const cases = toEntries(operation.responses).flatMap(([status, given]): Case[] => {
    const placed = context.resolver.follow(given, file);
    return placed ? [toAnswer(status, placed, operation, context)] : [];
  });
  return cases.length > 0 ? [{ kind: 'cases', title: 'Answers', cases }] : [];
}

function toAnswer(status: string, { value, file }: Placed, operation: Keyed, context: OpenapiContext): Case {
  const description = findText(value.description);
  const tone = /^[23]/.test(status) ? 'well' : /^[45]/.test(status) ? 'broken' : undefined;
  const media = context.isOld ? toOldMedia(value, operation, context.top) : toMedia(value.content);
  const headers = toEntries(value.headers).flatMap(([name, header]): Field[] => {
    const placed = context.resolver.follow(header, file);
    return placed ? [toParameter({ ...placed, value: { ...placed.value, name } }, context)] : [];
  });
  return {
    name: status === 'default' ? 'otherwise' : status,
    ...(tone && { tone }),
    ...(description && { description }),
    parts: [
      ...toBodyParts('', { isRequired: false, media, file }, context),
      ...(headers.length > 0 ? [{ kind: 'fields' as const, title: 'Headers', fields: headers }] : []),
    ],
  };
}

function toOldMedia({ schema, examples }: Keyed, operation: Keyed, top: Keyed): Body['media'] {
  if (schema === undefined) return [];
  const types = listTypes(operation.produces ?? top.produces);
  return (types.length > 0 ? types : ['application/json']).map((type): [string, Keyed] => {
    const example = toKeyed(examples)[type];
    return [type, { schema, ...(example !== undefined && { example }) }];
  });
}

function toExampleCall(
  { method, at, operation }: Route,
  parameters: readonly Placed[],
  body: Body | undefined,
  context: OpenapiContext,
): Part {
  const credentials = toCredentials(operation, context);
  const sampleOf = ({ value, file }: Placed, otherwise: string) => {
    const example = findExample(value, context.resolver, file) ?? toKeyed(value.schema).example;
    return ['string', 'number', 'boolean'].includes(typeof example) ? String(example) : otherwise;
  };
  const needed = parameters.filter(({ value }) => value.required === true);
  const path = needed
    .filter(({ value }) => value.in === 'path')
    .reduce((text, each) => {
      const name = `{${each.value.name}}`;
      const value = sampleOf(each, name);
      return text.split(name).join(value === name ? name : encodeURIComponent(value));
    }, at);
  const query = [
    ...needed
      .filter(({ value }) => value.in === 'query')
      .map((each) => [String(each.value.name), sampleOf(each, 'VALUE')] as const),
    ...credentials.query,
  ].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  const [media] = body?.media ?? [];
  const headers = [
    ...credentials.headers,
    ...needed
      .filter(({ value }) => value.in === 'header')
      .map((each) => [String(each.value.name), sampleOf(each, 'VALUE')] as const),
    ...(media ? [['Content-Type', media[0]] as const] : []),
  ];
  const search = query.length > 0 ? `?${query.join('&')}` : '';
  const request = { method: method.toUpperCase(), url: `${toBaseUrl(operation, context)}${path}${search}`, headers };
  const code = toCurl(media && body ? { ...request, body: toBodyText(media, body.file, context) } : request);
  return { kind: 'code', title: 'Example', language: 'bash', code };
}

function toBodyText([type, media]: [string, Keyed], file: string, { resolver }: OpenapiContext): string {
  const example = findExample(media, resolver, file) ?? toSketch(media.schema, file, resolver);
  if (typeof example === 'string') return example;
  return /json/.test(type) ? JSON.stringify(example, undefined, 2) : '…';
}
