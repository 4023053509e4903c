import { z } from 'zod';
import { isApiVersion, isKindName, isLabelValue, isMetadataKey, isNamespace, isObjectName, isTag } from './formats.ts';
import { defaultNamespace, formatRef, type RefText } from './ref.ts';

/** What a document must have to be called by a ref, whatever else is wrong with it. */
const namedSchema = z.looseObject({
  kind: z.string().min(1),
  metadata: z.looseObject({ name: z.string().min(1), namespace: z.string().min(1).optional() }),
});

/** The formats whose breach is a problem of its own; the codes are rows of the problem table. */
export const formatCodes = [
  'bad-api-version',
  'bad-kind',
  'bad-name',
  'bad-namespace',
  'bad-label-key',
  'bad-label-value',
  'bad-annotation-key',
  'bad-tag',
  'bad-url',
  'blank-text',
] as const;
export type FormatCode = (typeof formatCodes)[number];

const written = (problem: FormatCode, isRight: (text: string) => boolean) =>
  z.string().min(1, { abort: true }).refine(isRight, { params: { problem } });

const notBlank = written('blank-text', (text) => text.trim() !== '').optional();

const labelsSchema = z.record(z.string(), z.string()).superRefine((labels, context) => {
  for (const [key, value] of Object.entries(labels)) {
    if (!isMetadataKey(key)) context.addIssue({ code: 'custom', path: [key], params: { problem: 'bad-label-key' } });
    if (!isLabelValue(value)) context.addIssue({ code: 'custom', path: [key], params: { problem: 'bad-label-value' } });
  }
});

const annotationsSchema = z.record(z.string(), z.string()).superRefine((annotations, context) => {
  for (const key of Object.keys(annotations)) {
    if (!isMetadataKey(key))
      context.addIssue({ code: 'custom', path: [key], params: { problem: 'bad-annotation-key' } });
  }
});

/** The metadata that every kind shares. Keys beyond these are allowed and kept. */
export const metadataSchema = z.looseObject({
  name: written('bad-name', isObjectName),
  namespace: written('bad-namespace', isNamespace).optional(),
  uid: z.string().min(1).optional(),
  etag: z.string().min(1).optional(),
  title: z.string().min(1).optional(),
  description: z.string().optional(),
  labels: labelsSchema.optional(),
  annotations: annotationsSchema.optional(),
  tags: z.array(written('bad-tag', isTag)).optional(),
  links: z
    .array(
      z.looseObject({
        url: written('bad-url', (text) => URL.canParse(text)),
        title: notBlank,
        icon: notBlank,
        type: z.string().min(1).optional(),
      }),
    )
    .optional(),
});

/** The envelope that every catalog document shares. What a kind adds in `spec` is its row of the kinds table. */
export const entitySchema = z.looseObject({
  apiVersion: written('bad-api-version', isApiVersion),
  kind: written('bad-kind', isKindName),
  metadata: metadataSchema,
  spec: z.record(z.string(), z.unknown()).optional(),
});

export type Entity = z.infer<typeof entitySchema>;

/** The ref of whatever says its kind and its name, even when other things about it are wrong. */
export function findEntityRef(value: unknown): RefText | undefined {
  const { data: named } = namedSchema.safeParse(value);
  if (!named) return undefined;
  const { name, namespace = defaultNamespace } = named.metadata;
  return formatRef({ kind: named.kind, namespace, name });
}
