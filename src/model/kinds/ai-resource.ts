import { z } from 'zod';
import { defineKind, ownership, system, text, texts } from './define.ts';

/** What each type demands beyond what all have. */
const demands = new Map([
  ['rule', ['category', 'rationale']],
  ['plugin', ['skills']],
  ['marketplace', ['plugins']],
]);

export const aiResource = defineKind({
  kind: 'AiResource',
  plural: 'ai-resources',
  label: 'AI resource',
  icon: 'sparkles',
  about: 'Knowledge for coding assistants that a team maintains: a skill, a rule, a plugin, a marketplace.',
  apiVersions: ['backstage.io/v1alpha1'],
  spec: z
    .looseObject({
      type: text,
      lifecycle: text,
      owner: text,
      system: text.optional(),
      disciplines: texts.optional(),
      categories: texts.optional(),
      agents: texts.optional(),
      dependsOn: texts.optional(),
      allowedTools: texts.optional(),
      license: text.optional(),
      compatibility: text.max(500).optional(),
      category: text.optional(),
      rationale: text.optional(),
      version: text.optional(),
      skills: texts.optional(),
      plugins: texts.optional(),
    })
    .superRefine((spec, context) => {
      for (const key of demands.get(spec.type) ?? []) {
        if (!Object.hasOwn(spec, key)) context.addIssue({ code: 'invalid_type', expected: 'string', path: [key] });
      }
    }),
  relations: [
    ...ownership,
    system,
    { field: 'skills', type: 'hasPart', defaultKind: 'AiResource' },
    { field: 'plugins', type: 'hasPart', defaultKind: 'AiResource' },
    { field: 'dependsOn', type: 'dependsOn', defaultKind: 'AiResource' },
  ],
  beyond: 'The default engine of Backstage does not know AiResource unless its module is installed.',
});
