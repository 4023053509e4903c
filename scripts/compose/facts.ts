import type { CatalogEntity } from '#model/catalog.ts';
import type { EntityPage } from '#model/pages/entity-page.ts';

type Fact = EntityPage['facts'][number];

const listTexts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string' && each !== '');

const listFields = (value: unknown, field: string): string[] =>
  (Array.isArray(value) ? value : []).flatMap((each: unknown) =>
    each !== null && typeof each === 'object' ? listTexts((each as Record<string, unknown>)[field]) : [],
  );

/** What a kind has to say in its header beside its relations, from its `spec`. */
const factTable: Record<string, (spec: Record<string, unknown>) => Fact[]> = {
  api: ({ definition, remotes }) => [
    // A definition that is shown has a page; one that is elsewhere has an address.
    {
      label: 'Definition',
      values: listTexts(definition).flatMap((text) => /^See (https?:\/\/\S+)$/.exec(text)?.[1] ?? []),
    },
    { label: 'Remotes', values: listFields(remotes, 'url') },
  ],
  location: ({ target, targets }) => [{ label: 'Targets', values: [...listTexts(target), ...listTexts(targets)] }],
  template: ({ steps, parameters }) => [
    { label: 'Steps', values: listFields(steps, 'name') },
    { label: 'Asks for', values: listFields(Array.isArray(parameters) ? parameters : [parameters], 'title') },
  ],
};

/** The facts of an entity's own kind; those without a value take no room. */
export function toFacts({ ref, entity }: CatalogEntity): Fact[] {
  const facts = factTable[ref.slice(0, ref.indexOf(':'))]?.(entity.spec ?? {}) ?? [];
  return facts.filter(({ values }) => values.length > 0);
}
