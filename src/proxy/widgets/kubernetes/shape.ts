import { z } from 'zod';
import { capped } from '../../texts/capped.ts';
import { redact } from '../../texts/redact.ts';
import { toCut, toPlainLine } from '../../texts/text.ts';

/** More than a part of an object ever has. */
const mostParts = 64;

/** A list that may be absent or `null`. */
export const listOf = <Schema extends z.ZodType>(schema: Schema) =>
  capped(schema, mostParts)
    .nullish()
    .transform((list) => list ?? []);

/** A part that may be absent or `null`. */
export const maybe = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined);

export const count = maybe(z.number());
export const text = maybe(z.string());

/** What every object has of what is read. */
export const metaSchema = z.object({
  name: z.string(),
  namespace: text,
  creationTimestamp: text,
  deletionTimestamp: text,
  generation: count,
  ownerReferences: listOf(z.object({ kind: z.string(), name: z.string(), controller: maybe(z.boolean()) })),
});

export const conditionSchema = z.object({ type: z.string(), status: z.string(), reason: text, message: text });

/** Who made an object: `ReplicaSet checkout-5d8c`. */
export type Owner = { kind: string; name: string };

/** An object's place. */
export type Named = { name: string; namespace: string; owner?: Owner };

/** A word of an upstream, of a length that can be shown. */
export const toWord = (word: string, length = 80): string => toPlainLine(word, length);

/** The place of an object and who controls it. */
export function toNamed(meta: z.infer<typeof metaSchema>): Named {
  const owner = meta.ownerReferences.find(({ controller }) => controller) ?? meta.ownerReferences[0];
  return {
    name: toWord(meta.name, 253),
    namespace: toWord(meta.namespace ?? '', 63),
    ...(owner && { owner: { kind: toWord(owner.kind), name: toWord(owner.name, 253) } }),
  };
}

/** Words that may be the name of an image: they are taken apart by hand, so that the time grows with their length alone. */
const words = /[\w.:@/-]+/g;
const namedImages = /(image:? \\?["'`])[^"'`\s:@]{1,500}/gi;

/** An image without its registry and path: what follows its last `:` or `@` stays. */
function toHidden(word: string): string {
  const slash = word.lastIndexOf('/');
  const tag = word.slice(slash).search(/[:@]\w/);
  const begin = word.lastIndexOf('//', slash) + 1;
  return slash <= begin || tag < 0 ? word : `${word.slice(0, begin && begin + 1)}…${word.slice(slash + tag)}`;
}

/** Of a longer message nothing is shown that stands behind this. */
const longest = 2000;

/** A message of an upstream as people may see it: one line, short, without colours, names of images and secrets. */
export function toMessage(message: string): string {
  const line = toPlainLine(message.slice(0, longest), longest);
  return toCut(redact(line.replace(namedImages, '$1…').replace(words, toHidden)), 300);
}

/** A time as ISO 8601, or nothing where it is none. */
export function findTime(time: string | undefined): string | undefined {
  const at = Date.parse(time ?? '');
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** What follows the last `:` or `@` of an image. */
export function toTag(image: string): string {
  const [named = '', digest] = image.split('@', 2);
  const tag = /:([^:/]+)$/.exec(named)?.[1];
  if (tag !== undefined) return toWord(tag, 128);
  return digest === undefined ? 'latest' : toWord(digest, 19);
}
