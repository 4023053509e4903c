/** A list of terms and what they mean, in Markdown; unlike a table it is as narrow as its page. */
export function formatDefinitions(definitions: readonly { term: string; meaning: string }[]): string {
  return definitions.map(({ term, meaning }) => `${term}\n:   ${meaning}\n`).join('\n');
}
