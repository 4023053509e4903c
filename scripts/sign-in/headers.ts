/** What every answer says of itself, whatever it carries: no guessing of types, no frames, no address told to others. */
export function toSafetyHeaders(isSecure: boolean): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(isSecure && { 'strict-transport-security': 'max-age=31536000' }),
  };
}

/** What a page of ours says: it runs nothing, loads nothing, and its form leads only here and to where people sign out. */
export function toPageHeaders(
  isSecure: boolean,
  styleDigest: string,
  formPlaces: readonly string[],
): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${styleDigest}'`,
    `form-action ${["'self'", ...formPlaces].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    ...toSafetyHeaders(isSecure),
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'private, no-store',
    'content-security-policy': policy.join('; '),
  };
}
