/** One condition of a label selector; all of them must hold. */
export type Requirement =
  | { key: string; operator: 'exists' | 'absent' }
  | { key: string; operator: 'in' | 'not-in'; values: readonly string[] };

export type SelectorReading = { value?: readonly Requirement[]; fault?: string };

const maxLength = 1000;
const maxRequirements = 20;

const label = '[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?';
const prefix = '[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?';
const key = `(?<key>(?:${prefix}/)?${label})`;
const value = `(?:${label})?`;

type Words = Record<string, string>;

/** The ways in which a condition is written. */
const forms: readonly { pattern: RegExp; toRequirement: (words: Words) => Requirement }[] = [
  {
    pattern: new RegExp(`^${key}\\s*==?\\s*(?<value>${value})$`),
    toRequirement: (words) => ({ key: words.key ?? '', operator: 'in', values: [words.value ?? ''] }),
  },
  {
    pattern: new RegExp(`^${key}\\s*!=\\s*(?<value>${value})$`),
    toRequirement: (words) => ({ key: words.key ?? '', operator: 'not-in', values: [words.value ?? ''] }),
  },
  {
    // What is between the brackets is judged value by value: one pattern for all could take for ever to fail.
    pattern: new RegExp(`^${key}\\s+(?<word>in|notin)\\s*\\((?<values>[^()]*)\\)$`),
    toRequirement: (words) => ({
      key: words.key ?? '',
      operator: words.word === 'in' ? 'in' : 'not-in',
      values: (words.values ?? '').split(',').map((one) => one.trim()),
    }),
  },
  {
    pattern: new RegExp(`^!\\s*${key}$`),
    toRequirement: (words) => ({ key: words.key ?? '', operator: 'absent' }),
  },
  { pattern: new RegExp(`^${key}$`), toRequirement: (words) => ({ key: words.key ?? '', operator: 'exists' }) },
];

const isValue = (text: string) => new RegExp(`^${value}$`).test(text);

function parseRequirement(text: string): Requirement | undefined {
  for (const { pattern, toRequirement } of forms) {
    const found = pattern.exec(text);
    if (!found) continue;
    const requirement = toRequirement({ ...found.groups });
    return 'values' in requirement && !requirement.values.every(isValue) ? undefined : requirement;
  }
  return undefined;
}

/** Reads a label selector as Kubernetes writes it: `team=payments,tier in (1,2),!canary`. Says what it does not understand. */
export function parseSelector(text: string): SelectorReading {
  if (text.length > maxLength) return { fault: `longer than ${maxLength} letters` };
  // A comma inside brackets separates values, not conditions.
  const parts = text.split(/,(?![^()]*\))/).map((part) => part.trim());
  if (parts.length > maxRequirements) return { fault: `more than ${maxRequirements} conditions` };
  const value: Requirement[] = [];
  for (const [index, part] of parts.entries()) {
    const requirement = parseRequirement(part);
    if (!requirement) return { fault: `condition ${index + 1} is not understood` };
    value.push(requirement);
  }
  return { value };
}

function holds(requirement: Requirement, labels: ReadonlyMap<string, string>): boolean {
  const found = labels.get(requirement.key);
  switch (requirement.operator) {
    case 'exists':
      return found !== undefined;
    case 'absent':
      return found === undefined;
    case 'in':
      return found !== undefined && requirement.values.includes(found);
    case 'not-in':
      return found === undefined || !requirement.values.includes(found);
  }
}

/** Whether labels fulfil all conditions, as Kubernetes decides it: what lacks a label is not in any set. */
export function isSelected(labels: Readonly<Record<string, string>>, requirements: readonly Requirement[]): boolean {
  const known = new Map(Object.entries(labels));
  return requirements.every((requirement) => holds(requirement, known));
}

function formatRequirement(requirement: Requirement): string {
  if (!('values' in requirement)) return `${requirement.operator === 'exists' ? '' : '!'}${requirement.key}`;
  const [first = '', ...rest] = requirement.values;
  const isIn = requirement.operator === 'in';
  if (rest.length === 0) return `${requirement.key}${isIn ? '=' : '!='}${first}`;
  return `${requirement.key} ${isIn ? 'in' : 'notin'} (${requirement.values.join(',')})`;
}

/** Writes conditions as a selector that means the same to Kubernetes. */
export function formatSelector(requirements: readonly Requirement[]): string {
  return requirements.map(formatRequirement).join(',');
}
