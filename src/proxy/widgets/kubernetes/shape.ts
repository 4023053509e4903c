import { z } from 'zod';
import { redact } from '../../redact.ts';
import { toCut, toPlainLine } from '../../text.ts';

/** A list that may be absent or `null`. */
export const listOf = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .array(schema)
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

/** An image by its registry and path: all but what follows its last `:` or `@` is kept from readers. */
const images = /[\w.-]{1,255}(?::\d{1,5})?(?:\/[\w.-]{1,255}){1,16}(?=[:@][\w])/g;
const namedImages = /(image:? \\?["'`])[^"'`\s:@]{1,500}/gi;

/** A message of an upstream as people may see it: one line, short, without colours, names of images and secrets. */
export function toMessage(message: string): string {
  const line = toPlainLine(message, 1000);
  return toCut(redact(line.replace(namedImages, '$1…').replace(images, '…')), 300);
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
