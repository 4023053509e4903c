import type { GraphQLError } from 'graphql';

/** What GitHub says of one field that it does not answer. */
export class Refusal extends Error {
  readonly type: string;
  readonly extensions?: Record<string, unknown>;

  constructor(type: string, message: string, extensions?: Record<string, unknown>) {
    super(message);
    this.type = type;
    this.extensions = extensions;
  }
}

/** An error as GitHub's answers list it. */
export function toErrorBody(error: GraphQLError): Record<string, unknown> {
  const { originalError, path, locations, message, extensions } = error;
  if (originalError instanceof Refusal) {
    const { type, extensions: own } = originalError;
    return { type, ...(path ? { path } : {}), ...(own ? { extensions: own } : {}), locations, message };
  }
  const isUnknownField = /^Cannot query field/.test(message);
  return {
    message,
    locations,
    ...(path ? { path } : {}),
    extensions: isUnknownField ? { code: 'undefinedField' } : extensions,
  };
}

export const notResolved = (kind: string, by: string): Refusal =>
  new Refusal('NOT_FOUND', `Could not resolve to ${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind} with the ${by}.`);

export const blockedBySso = (): Refusal =>
  new Refusal(
    'FORBIDDEN',
    'Resource protected by organization SAML enforcement. You must grant your OAuth token access to this organization.',
    { saml_failure: true },
  );

export const blockedByLaw = (): Refusal => new Refusal('FORBIDDEN', 'Repository access blocked');
