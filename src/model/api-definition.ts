import type { RefText } from './ref.ts';

/** The endings that the text of a definition is offered under, as a file. */
export type DefinitionEnding = 'yaml' | 'json' | 'graphql' | 'proto' | 'txt';

/** An operation, a message, a type: what a definition names, and where it stands on its page. */
export type DefinitionEntry = {
  id: string;
  /** `POST`, `query`, `receives`; absent where a name says enough. */
  badge?: string;
  name: string;
  title?: string;
  isDeprecated?: boolean;
};

/** What is known of the definition of an API once it was rendered; its page's body lies in the snapshot. */
export type ApiDefinition = {
  /** What it is written in, `OpenAPI 3.1.0`. */
  format: string;
  /** The version that the definition gives to the API. */
  version?: string;
  /** `12 operations in 3 groups, 5 schemas`; empty where it was not understood. */
  counts: string;
  servers: { url: string; note?: string }[];
  /** Its operations, where they are few enough for the page of the entity. */
  entries: DefinitionEntry[];
  /** Keys of the rendered body and of the list of contents; there is no list for a text that is shown as it is. */
  body: string;
  contents?: string;
  ending: DefinitionEnding;
  /** Whether not everything is on the page, because it is too much for one. */
  isShortened?: boolean;
};

/** The definitions of all APIs that have one, by the API's ref. */
export type ApiDefinitions = ReadonlyMap<RefText, ApiDefinition>;
