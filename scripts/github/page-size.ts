/** The most repositories that one question asks for; more takes GitHub longer than it allows itself. */
export const largestPage = 50;

/** The next size after a page that was too heavy; undefined when there is nothing smaller. */
export function findSmallerPage(size: number): number | undefined {
  return size > 1 ? Math.ceil(size / 2) : undefined;
}

/** The next size after a page that went well: a heavy stretch of an organisation does not slow the rest of it down. */
export function toLargerPage(size: number): number {
  return Math.min(largestPage, size * 2);
}
