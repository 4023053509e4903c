import {
  type DocumentNode,
  execute,
  GraphQLError,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { type Answer, toJsonAnswer, toRefusal } from '../http/answer.ts';
import type { Call } from '../http/call.ts';
import { toLimitHeaders } from '../limits/budgets.ts';
import { type Cost, countCost } from './cost.ts';
import { resolveField, resolveType } from './fields.ts';
import { toQuery } from './query.ts';
import { toErrorBody } from './refusal.ts';
import { schema } from './schema.ts';

const bodySchema = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** A query that is fit to run, with its price; or what is wrong with it. */
export type Prepared =
  | { document: DocumentNode; operation: OperationDefinitionNode; variables: Record<string, unknown>; cost: Cost }
  | { refused: Answer };

/** Reads a query and checks it against GitHub's schema and rules. */
export function prepareQuery(call: Call): Prepared {
  const body = parseBody(call.body);
  if (!body) return { refused: toRefusal(400, 'Problems parsing JSON') };
  const document = parseDocument(body.query);
  if (document instanceof GraphQLError) return { refused: toErrors([document]) };
  const errors = validate(schema, document);
  const operation = getOperationAST(document, body.operationName);
  if (errors.length > 0 || !operation) return { refused: toErrors(errors) };
  const { coerced: variables, errors: unfit } = getVariableValues(
    ...([schema, operation.variableDefinitions ?? [], body.variables ?? {}] as const),
  );
  if (unfit) return { refused: toErrors(unfit) };
  const cost = countCost(schema, document, operation, variables);
  if (cost.refusals.length > 0)
    return {
      refused: toErrors(cost.refusals.map((refusal) => new GraphQLError(refusal.message, { originalError: refusal }))),
    };
  return { document, operation, variables, cost };
}

/** Runs a prepared query; its points are taken first. */
export async function answerQuery(prepared: Exclude<Prepared, { refused: Answer }>, context: Context): Promise<Answer> {
  const { document, operation, variables, cost } = prepared;
  const { budgets, identity } = context;
  if (identity.kind !== 'user' && identity.kind !== 'installation')
    return toRefusal(401, 'This endpoint requires you to be authenticated.');
  const isPaid = budgets.take(identity, 'graphql', cost.points);
  const headers = toLimitHeaders(budgets.find(identity, 'graphql'));
  if (!isPaid) return toJsonAnswer({ errors: [toSpentError(identity.title)] }, 200, headers);
  const { data, errors } = await execute({
    schema,
    document,
    operationName: operation.name?.value,
    variableValues: variables,
    rootValue: toQuery(context, cost),
    fieldResolver: resolveField,
    typeResolver: resolveType,
  });
  const body = { ...(data ? { data } : {}), ...(errors ? { errors: errors.map(toErrorBody) } : {}) };
  return { ...toJsonAnswer(body, 200, headers), points: cost.points };
}

/** What GitHub says in a query's answer when the hour's points are used up. */
const toSpentError = (title: string) => ({
  type: 'RATE_LIMITED',
  message: `API rate limit exceeded for ${title}.`,
});

const toErrors = (errors: readonly GraphQLError[]): Answer => toJsonAnswer({ errors: errors.map(toErrorBody) });

function parseBody(body: Buffer): z.infer<typeof bodySchema> | undefined {
  try {
    return bodySchema.parse(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}

function parseDocument(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query);
  } catch (error) {
    return error instanceof GraphQLError ? error : new GraphQLError(String(error));
  }
}
