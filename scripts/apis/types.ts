import type { DefinitionEnding } from '#model/api-definition.ts';
import type { FileAddress, Forge } from '../ports.ts';
import { readAsyncapi } from './asyncapi.ts';
import { collectFiles, type DefinitionFiles } from './files.ts';
import { readGraphql } from './graphql.ts';
import { readProto } from './grpc.ts';
import type { Reading } from './model.ts';
import { readOpenapi } from './openapi.ts';
import { type Keyed, parseValue } from './value.ts';

/** A text that defines an API, and the file that it stands in. */
export type Source = { text: string; file: FileAddress };

/** A way to write definitions: how its source is painted and called as a file, and who reads it, if anybody does. */
export type DefinitionType = {
  language: (text: string) => string;
  ending: (text: string) => DefinitionEnding;
  /** Answers what reads it, and what identifies the other files that it is made of. */
  prepare?: (
    source: Source,
    forge: Pick<Forge, 'fetchText'>,
  ) => Promise<{ hashes: readonly string[]; read: () => Reading }>;
};

const isJson = (text: string) => /^\s*[[{]/.test(text);
const isYaml = (text: string) => /^\s*(#.*\n\s*|---\s*)*[\w$"'-]+:(\s|$)/.test(text);

/** Written as JSON or YAML, and perhaps in several files. */
function defineStructured(read: (text: string, value: Keyed, files: DefinitionFiles) => Reading): DefinitionType {
  return {
    language: (text) => (isJson(text) ? 'json' : 'yaml'),
    ending: (text) => (isJson(text) ? 'json' : 'yaml'),
    prepare: async ({ text, file }, forge) => {
      // Most definitions are one file: their text alone says what comes of them.
      if (!/\$ref["']?\s*:\s*["']?[^#"'\s]/.test(text))
        return { hashes: [], read: () => readWhole(text, file.path, read) };
      const { value, faults } = parseValue(text);
      if (!value) return { hashes: [], read: () => ({ faults }) };
      const files = await collectFiles(text, value, file, forge);
      return { hashes: files.hashes, read: () => read(text, value, files) };
    },
  };
}

function readWhole(text: string, path: string, read: Parameters<typeof defineStructured>[0]): Reading {
  const { value, faults } = parseValue(text);
  return value
    ? read(text, value, { root: path, values: new Map([[path, value]]), hashes: [], faults: [] })
    : { faults };
}

/** Written in a language of its own, whole in one text. */
function definePlain(
  name: 'graphql' | 'protobuf',
  ending: DefinitionEnding,
  read: (text: string) => Reading,
): DefinitionType {
  return {
    language: () => name,
    ending: () => ending,
    prepare: async ({ text }) => ({ hashes: [], read: () => read(text) }),
  };
}

const openapi = defineStructured(readOpenapi);
const grpc = definePlain('protobuf', 'proto', readProto);

/** The types of definitions that are read, by the `spec.type` of an API; every other one is shown as it is written. */
const types: Readonly<Record<string, DefinitionType>> = {
  openapi,
  swagger: openapi,
  asyncapi: defineStructured(readAsyncapi),
  graphql: definePlain('graphql', 'graphql', readGraphql),
  grpc,
  protobuf: grpc,
};

/** What is known of other types: how they look. */
const other: DefinitionType = {
  language: (text) => (isJson(text) ? 'json' : isYaml(text) ? 'yaml' : 'typescript'),
  ending: (text) => (isJson(text) ? 'json' : isYaml(text) ? 'yaml' : 'txt'),
};

/** How a definition of a type is read and shown. */
export function findType(type: string): DefinitionType {
  const name = type.toLowerCase();
  return (Object.hasOwn(types, name) ? types[name] : undefined) ?? other;
}
