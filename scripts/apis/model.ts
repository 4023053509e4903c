/** A word of a type: plain, or the name of something that is described elsewhere on the page. */
export type TypeWord = string | { text: string; to: string };

/** What a value looks like: a schema, the type of a field, an argument. */
export type Shape = {
  /** `array of`, `Cart`: read one after the other. */
  type: TypeWord[];
  /** Markdown. */
  description?: string;
  /** What it must be, in words: `at least 1`, `pattern ^[a-z]+$`. */
  notes?: string[];
  /** The values that it may have. */
  values?: Named[];
  fields?: Field[];
  /** What the fields are called where they are none: `argument`. */
  fieldNoun?: string;
  /** Shapes that it has one of, some of or all of. */
  variants?: { how: string; shapes: Shape[] }[];
  examples?: string[];
};

/** A value by its name, and what it means. */
export type Named = { name: string; description?: string; isDeprecated?: boolean };

export type Field = {
  name: string;
  shape: Shape;
  isRequired?: boolean;
  isDeprecated?: boolean;
  /** The number of a field of a protobuf message. */
  number?: number;
};

/** One thing that an entry says. Renderers go by `kind`. */
export type Part =
  | { kind: 'text'; title?: string; text: string }
  | { kind: 'fields'; title: string; fields: Field[] }
  | { kind: 'shape'; title: string; note?: string; description?: string; shape: Shape }
  | { kind: 'code'; title: string; language: string; code: string }
  | { kind: 'facts'; facts: Fact[] }
  | { kind: 'cases'; title: string; cases: Case[] };

export type Fact = { label: string; words: TypeWord[] };

/** One of several outcomes: the answer `404`, a message among others. */
export type Case = { name: string; tone?: 'well' | 'broken'; description?: string; parts: Part[] };

/** An operation, a message, a type: whatever has an address of its own on the page. */
export type Entry = {
  id: string;
  badge?: string;
  name: string;
  title?: string;
  isDeprecated?: boolean;
  /** Why, or what instead. */
  deprecation?: string;
  /** Markdown. */
  description?: string;
  /** Made when they are asked for: what is beyond the size of a page is never made. */
  parts: () => Part[];
};

export type Group = {
  id: string;
  title: string;
  description?: string;
  /** What its entries are called, one and many. */
  noun: readonly [one: string, many: string];
  /** Whether its entries are what the API is asked for, and not what they are made of. */
  isMain: boolean;
  entries: Entry[];
};

/** Something wrong with a definition, at a line of its text (counted from 1). */
export type Fault =
  | { code: 'definition-invalid'; message: string; line: number }
  | { code: 'definition-ref-missing'; ref: string; reason: string; line: number }
  | { code: 'definition-too-large'; reason: string; line: number };

/** A definition as it is read, whatever it is written in. */
export type Definition = {
  format: string;
  version?: string;
  description?: string;
  facts?: Fact[];
  servers: { url: string; note?: string }[];
  groups: Group[];
};

/** A definition, or nothing where the text is not understood, and what is wrong with it. */
export type Reading = { definition?: Definition; faults: Fault[] };
