import { stringify } from 'yaml';
import type { KindRow } from '#model/kinds/define.ts';

/** What a sample says where the kind demands a key; a key without a row says what it is. */
const sampleValues: Record<string, unknown> = {
  lifecycle: 'production',
  owner: 'group:default/your-team',
  children: [],
  memberOf: ['your-team'],
  steps: [],
};

/** Keys that a reader expects although the kind does not demand them. */
const extraValues: Record<string, Record<string, unknown>> = {
  Location: { targets: ['./systems.yaml', './teams.yaml'] },
};

/** The least that a catalog file must say to define an entity of a kind, as YAML to paste. */
export function toSample(row: KindRow): string {
  const demanded = Object.entries(row.spec.shape).filter(([, schema]) => !schema.safeParse(undefined).success);
  const spec = Object.fromEntries(demanded.map(([key]) => [key, sampleValues[key] ?? `your-${key}`]));
  return stringify({
    apiVersion: row.apiVersions[0],
    kind: row.kind,
    metadata: {
      name: `my-${row.label.toLowerCase().replaceAll(' ', '-')}`,
      description: 'One sentence for a stranger.',
    },
    spec: { ...spec, ...extraValues[row.kind] },
  });
}
