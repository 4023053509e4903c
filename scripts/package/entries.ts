/** The programs that the package carries as JavaScript, by the name they have in `dist/`: the command, and each worker it starts. */
export const entries: Record<string, string> = {
  portal: 'scripts/portal.ts',
  'docs-worker': 'scripts/docs-worker.ts',
  'mermaid-worker': 'scripts/io/mermaid-worker.ts',
};
