/** The field formats of the catalog, as Backstage's code (not its prose) defines them. Each answers for any text. */

const dnsLabel = /^[a-z0-9]+(?:-+[a-z0-9]+)*$/;
const objectName = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const tag = /^[a-z0-9:+#]+(?:-[a-z0-9:+#]+)*$/;
const versionSuffix = /^[a-z0-9A-Z]+$/;
const kindName = /^[a-zA-Z][a-z0-9A-Z]*$/;

const maxPart = 63;
const maxPrefix = 253;

// The length is asked first: none of these expressions ever sees a long text.
const matches = (text: string, pattern: RegExp) => text.length <= maxPart && pattern.test(text);

function isDnsSubdomain(text: string): boolean {
  return text.length <= maxPrefix && text.split('.').every((part) => matches(part, dnsLabel));
}

function isPrefixed(text: string, isSuffix: (suffix: string) => boolean): boolean {
  const slash = text.indexOf('/');
  if (slash < 0) return isSuffix(text);
  return isDnsSubdomain(text.slice(0, slash)) && isSuffix(text.slice(slash + 1));
}

/** `v1alpha1` or `backstage.io/v1alpha1`. */
export function isApiVersion(text: string): boolean {
  return isPrefixed(text, (suffix) => matches(suffix, versionSuffix));
}

/** The spelling of a kind: letters and digits, a letter first. */
export function isKindName(text: string): boolean {
  return matches(text, kindName);
}

/** An entity's name, or the value of a label that is not empty. */
export function isObjectName(text: string): boolean {
  return matches(text, objectName);
}

/** An entity's namespace: lower case, digits and inner dashes. */
export function isNamespace(text: string): boolean {
  return matches(text, dnsLabel);
}

/** The key of a label or an annotation: a name, with or without the domain of whoever defined it. */
export function isMetadataKey(text: string): boolean {
  return isPrefixed(text, isObjectName);
}

/** The value of a label. */
export function isLabelValue(text: string): boolean {
  return text === '' || isObjectName(text);
}

/** A tag: lower case, digits, `:`, `+`, `#`, and single inner dashes. */
export function isTag(text: string): boolean {
  return matches(text, tag);
}
