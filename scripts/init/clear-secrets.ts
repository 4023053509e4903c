import { isMap, isScalar, isSeq, type Node, type Scalar, visit } from 'yaml';

/** A secret that stood in a configuration in clear text, and the variable that stands there now. */
export type Replaced = { path: string; name: string };

/** What the name of a secret ends with, whatever stands between its words. */
const secretEnds =
  /(?:token|password|passwd|passphrase|secret|credential|privatekey|apikey|accesskey|sessionkey|routingkey|integrationkey|authorization|cookie)s?$/;
const isSecretKey = (key: string) =>
  secretEnds.test(key.replace(/[^A-Za-z]/g, '').toLowerCase()) || /^(?:x|dd)-.*key$/i.test(key);

/** How credentials look that are known by their looks, wherever they stand. */
const looks = [
  /\b(?:gh[a-z]_|github_pat_|glpat-|xox[a-z]-|AKIA|ASIA)[A-Za-z0-9_-]{10,}/,
  /\beyJ[\w-]{8,}\.[\w-]+/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /:\/\/(?![^/\s@]*\$\{)[^/\s@:]+:[^/\s@]+@/,
  /https?:\/\/(?![^/\s@]*\$\{)[^/\s@]+@/i,
  /[?&](?:[\w-]*token|api_?key|[\w-]*secret|password|sig|signature)=(?!\$\{)[^&\s]{6,}/i,
];
const inComments =
  /(?:token|secret|password|(?:api|private|access)-?_?key|authorization)["']?\s*[:=]\s*["']?(?!\$\{)[^\s"'$]{6,}/i;

const hasLooks = (text: string) => looks.some((pattern) => pattern.test(text));

/** Whether a comment holds what may be a secret. */
export const isTelling = (comment: string | null | undefined): boolean =>
  typeof comment === 'string' && (hasLooks(comment) || inComments.test(comment));

/** A text that is a secret: by its key when it is no variable, or by its looks. */
function isSecret(key: string, value: unknown): boolean {
  if (typeof value === 'number') return isSecretKey(key);
  if (typeof value !== 'string' || value.trim() === '') return false;
  return hasLooks(value) || (isSecretKey(key) && hasOwnLetters(value));
}

/** A variable; what stands for it where it is not set is no part of it, for that may be the secret. */
const variables = /\$\{[^{}:]+(?::-)?\}/g;
const ways = /^\s*(?:basic|bearer|token)\b/i;

/** Whether more stands in a value than variables and the way in which they are shown. */
const hasOwnLetters = (value: string) =>
  !/\$\{/.test(value) || /[\w+/=-]{4,}/.test(value.replace(variables, ' ').replace(ways, ' '));

/** A key of a map, or an entry of a list with what people call it. */
type Step = { key: string; name: string };

/** What a list's entry is called, if it says so. */
function findName(node: unknown): string | undefined {
  if (!isMap(node)) return undefined;
  const named = ['name', 'host', 'id', 'organization'].map((key) => node.get(key));
  return named.find((one) => typeof one === 'string');
}

/** `INTEGRATIONS_GITHUB_GHE_ACME_COM_TOKEN`: a name of a variable that says what is in it. */
function toName(steps: readonly Step[], taken: ReadonlySet<string>): string {
  const text = steps
    .map(({ name }) => name)
    .join('_')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase();
  const base = /^[A-Z]/.test(text) ? text : `PORTAL_${text}`;
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? base : `${base}_${count}`;
    if (!taken.has(name)) return name;
  }
}

function listScalars(node: unknown, steps: readonly Step[]): { scalar: Scalar; steps: readonly Step[] }[] {
  if (isScalar(node)) return [{ scalar: node, steps }];
  if (isMap(node))
    return node.items.flatMap(({ key, value }) => {
      const text = String(isScalar(key) ? key.value : key);
      return listScalars(value, [...steps, { key: text, name: text }]);
    });
  if (!isSeq(node)) return [];
  return node.items.flatMap((child, at) =>
    listScalars(child, [...steps, { key: String(at), name: findName(child) ?? '' }]),
  );
}

/** Takes out comments that hold a secret; answers how many. */
function clearComments(root: Node): number {
  let cleared = 0;
  visit(root, {
    Node: (_key, node) => {
      for (const place of ['comment', 'commentBefore'] as const) {
        if (!isTelling(node[place])) continue;
        node[place] = null;
        cleared += 1;
      }
    },
  });
  return cleared;
}

/**
 * Puts the name of a variable in place of each secret that stands in clear text, and takes out comments that hold one. Answers where
 * that was, and never what it was.
 */
export function clearSecrets(root: Node, names: readonly string[]): { replaced: Replaced[]; comments: number } {
  const taken = new Set(names);
  const replaced = listScalars(root, []).flatMap(({ scalar, steps }): Replaced[] => {
    const key = steps.findLast((step) => !/^\d+$/.test(step.key))?.key ?? '';
    if (!isSecret(key, scalar.value)) return [];
    const name = toName(steps, taken);
    taken.add(name);
    scalar.value = `\${${name}}`;
    scalar.type = 'PLAIN';
    delete scalar.tag;
    return [{ path: steps.map((step) => step.key).join('.'), name }];
  });
  return { replaced, comments: clearComments(root) };
}
