import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });

/** Says how an answer departs from what an upstream publishes; nothing where it does not. */
export function createDepartures(upstream: 'argocd' | 'pagerduty' | 'github') {
  const schemas = JSON.parse(readFileSync(new URL(`schemas/${upstream}.json`, import.meta.url), 'utf8'));
  ajv.addSchema({ $id: upstream, ...schemas });
  return (definition: string, answer: unknown): string | undefined => {
    const validate = ajv.getSchema(`${upstream}#/definitions/${encodeURIComponent(definition)}`);
    if (!validate) return `${definition} has no schema.`;
    return validate(answer) ? undefined : ajv.errorsText(validate.errors, { dataVar: 'answer' });
  };
}
