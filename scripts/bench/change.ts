import type { Envelope } from './envelopes.ts';
import type { Organisation } from './organisation.ts';

/** The same organisation with a share of its component files edited: another description, another dependency. */
export function changeShare(organisation: Organisation, share: number): Organisation {
  const all = [...organisation.files].filter(([, [first]]) => first?.kind === 'Component');
  const platform = all.flatMap(([, [first]]) =>
    first?.metadata.name.startsWith('platform-') ? first.metadata.name : [],
  );
  const every = Math.max(1, Math.round(1 / share));
  const files = new Map(organisation.files);
  for (const [at, [path, envelopes]] of all.entries())
    if (at % every === every - 1) files.set(path, edit(envelopes, platform));
  return { ...organisation, files };
}

/** Edits the component of a file; it keeps its number of relations. */
function edit([component, ...others]: readonly Envelope[], platform: readonly string[]): Envelope[] {
  if (!component) return others;
  const { metadata, spec } = component;
  const [first, ...rest] = Array.isArray(spec.dependsOn) ? spec.dependsOn : [];
  const refs = platform.map((name) => `component:${name}`);
  const other = refs.findLast((ref) => ref !== first && !rest.includes(ref) && ref !== `component:${metadata.name}`);
  const changed = {
    metadata: { ...metadata, description: `${metadata.description} Edited.` },
    spec: { ...spec, dependsOn: [other ?? first, ...rest] },
  };
  return [{ ...component, ...changed }, ...others];
}
