import { z } from 'zod';
import { anything, defineKind, ownership, text } from './define.ts';

const permissions = z.looseObject({ tags: z.array(z.string()).optional() });
const form = z.looseObject({ 'backstage:permissions': permissions.optional() });
const condition = z.union([z.string(), z.boolean()]);

const step = z.looseObject({
  action: z.string(),
  id: z.string().optional(),
  name: z.string().optional(),
  input: anything.optional(),
  if: condition.optional(),
  'backstage:permissions': permissions.optional(),
});

const shownLink = z.looseObject({
  if: condition.optional(),
  url: text.optional(),
  entityRef: text.optional(),
  title: text.optional(),
  icon: text.optional(),
});

const shownText = z.looseObject({
  if: condition.optional(),
  title: text.optional(),
  icon: text.optional(),
  content: z.string().optional(),
});

const buttonLabels = z.looseObject({
  backButtonText: z.string().optional(),
  createButtonText: z.string().optional(),
  reviewButtonText: z.string().optional(),
});

export const template = defineKind({
  kind: 'Template',
  plural: 'templates',
  label: 'Template',
  icon: 'layout-template',
  about: 'A form and the steps that make a new piece of software from it.',
  apiVersions: ['scaffolder.backstage.io/v1beta3'],
  spec: z.looseObject({
    type: text,
    steps: z.array(step),
    owner: text.optional(),
    lifecycle: text.optional(),
    parameters: z.union([form, z.array(form)]).optional(),
    secrets: z.looseObject({ schema: anything.optional() }).optional(),
    presentation: z.looseObject({ buttonLabels: buttonLabels.optional() }).optional(),
    EXPERIMENTAL_recovery: z.looseObject({ EXPERIMENTAL_strategy: z.string().optional() }).optional(),
    EXPERIMENTAL_formDecorators: z
      .array(z.looseObject({ id: z.string().optional(), input: anything.optional() }))
      .optional(),
    output: z
      .object({ links: z.array(shownLink).optional(), text: z.array(shownText).optional() })
      .catchall(z.string())
      .optional(),
  }),
  relations: [...ownership],
});
