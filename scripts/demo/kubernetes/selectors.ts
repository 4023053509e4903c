type Labels = Readonly<Record<string, string>>;
type Test = (labels: Labels) => boolean;

const name = '([A-Za-z0-9./_-]+)';
const value = '([A-Za-z0-9._-]*)';

/** The forms that a requirement may have. */
const forms: readonly { form: RegExp; toTest: (key: string, rest: string) => Test }[] = [
  { form: new RegExp(`^!\\s*${name}$`), toTest: (key) => (labels) => !(key in labels) },
  { form: new RegExp(`^${name}$`), toTest: (key) => (labels) => key in labels },
  { form: new RegExp(`^${name}\\s*==?\\s*${value}$`), toTest: (key, wanted) => (labels) => labels[key] === wanted },
  { form: new RegExp(`^${name}\\s*!=\\s*${value}$`), toTest: (key, other) => (labels) => labels[key] !== other },
  { form: new RegExp(`^${name}\\s+in\\s*\\(([^()]*)\\)$`), toTest: (key, set) => (labels) => isIn(set, labels[key]) },
  {
    form: new RegExp(`^${name}\\s+notin\\s*\\(([^()]*)\\)$`),
    toTest: (key, set) => (labels) => !isIn(set, labels[key]),
  },
  {
    form: new RegExp(`^${name}\\s*>\\s*(\\d+)$`),
    toTest: (key, than) => (labels) => Number(labels[key]) > Number(than),
  },
  {
    form: new RegExp(`^${name}\\s*<\\s*(\\d+)$`),
    toTest: (key, than) => (labels) => Number(labels[key]) < Number(than),
  },
];

const isIn = (set: string, label: string | undefined) =>
  label !== undefined && set.split(',').some((one) => one.trim() === label);

/** The test that a label selector is; nothing where an API server would not understand it. */
export function findLabelTest(selector: string): Test | undefined {
  const parts = selector.split(/,(?![^(]*\))/).map((part) => part.trim());
  const tests = parts.map((part) => {
    for (const { form, toTest } of forms) {
      const [, key, rest] = form.exec(part) ?? [];
      if (key !== undefined) return toTest(key, rest ?? '');
    }
    return undefined;
  });
  return tests.every((test) => test !== undefined) ? (labels) => tests.every((test) => test(labels)) : undefined;
}

/** The fields by which objects can be asked for. */
const fields: Readonly<Record<string, string[]>> = {
  'metadata.name': ['metadata', 'name'],
  'metadata.namespace': ['metadata', 'namespace'],
  'involvedObject.name': ['involvedObject', 'name'],
  'involvedObject.kind': ['involvedObject', 'kind'],
  'involvedObject.namespace': ['involvedObject', 'namespace'],
};

const findField = (object: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (part, key) => (typeof part === 'object' && part !== null ? Reflect.get(part, key) : undefined),
    object,
  );

/** The test that a field selector is; nothing where a field is not supported. */
export function findFieldTest(selector: string): ((object: object) => boolean) | undefined {
  const tests = selector.split(',').map((part) => {
    const [, field = '', operator, wanted] = /^([\w.]+)(==?|!=)(.*)$/.exec(part) ?? [];
    const path = fields[field];
    return path && ((object: object) => (findField(object, path) === wanted) === (operator !== '!='));
  });
  return tests.every((test) => test !== undefined) ? (object) => tests.every((test) => test(object)) : undefined;
}
