/** How GitHub's own tokens look, and how any credential looks in a header. */
const patterns = [
  /\bgh[a-z]_[A-Za-z0-9_]{16,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{16,}/g,
  /\bv1\.[0-9a-f]{40}\b/g,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g,
  /\b(?:bearer|basic|token)\s+[A-Za-z0-9+/=._~-]{8,}/gi,
  /(?<=:\/\/)[^/\s@]+@/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
];

/** A text of somebody else's making that may be shown: without the secrets that are known, or that look like one. */
export function redact(text: string, secrets: Iterable<string>): string {
  let shown = text;
  for (const secret of secrets) if (secret.length >= 4) shown = shown.replaceAll(secret, '[secret]');
  return patterns.reduce((left, pattern) => left.replaceAll(pattern, '[secret]'), shown);
}
