/** The environment, as far as it is looked at. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A text after substitution, or the name of the variable that it lacks. */
export type Substituted = { value: string; missing?: undefined } | { missing: string };

const pattern = /\$\$\{|\$\{([^{}]*)\}/g;

/**
 * Replaces `${NAME}` and `${NAME:-default}` from the environment and turns `$${` into `${`. A variable that is set to
 * nothing counts as missing only where a default is given.
 */
export function substitute(text: string, environment: Environment): Substituted {
  let missing: string | undefined;
  const value = text.replaceAll(pattern, (whole, expression: string | undefined) => {
    if (expression === undefined) return '${';
    const split = expression.indexOf(':-');
    const name = (split < 0 ? expression : expression.slice(0, split)).trim();
    const found = environment[name]?.trim();
    if (split >= 0) return found || expression.slice(split + 2).trim();
    if (found === undefined) missing ??= name;
    return found ?? whole;
  });
  return missing === undefined ? { value } : { missing };
}
