import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { Answer } from '../http/answer.ts';

const schemas = JSON.parse(readFileSync(new URL('fixtures/answers.json', import.meta.url), 'utf8'));

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema({ $id: 'github', ...schemas });

/** Says how an answer departs from GitHub's OpenAPI; undefined where it does not, or where GitHub says nothing. */
export function findDeparture(operation: string, { status, headers, body }: Answer): string | undefined {
  const isChecked = (status === 200 || status === 201) && headers['content-type']?.startsWith('application/json');
  if (!isChecked || !Object.hasOwn(schemas.answers, operation)) return undefined;
  // Each schema is compiled when it is first asked for.
  const validate = ajv.getSchema(`github#/answers/${toPointer(operation)}`);
  if (!validate) return `${operation} has no schema that can be read.`;
  if (validate(JSON.parse(body.toString('utf8')))) return undefined;
  return `${operation} departs from GitHub's OpenAPI: ${ajv.errorsText(validate.errors, { dataVar: 'answer' })}`;
}

const toPointer = (name: string) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
