import { save, toPng, toSvgText } from './download.client.ts';
import type { Network } from './network.ts';
import type { DrawnNode } from './node-words.ts';
import type { Selection } from './select.ts';
import { toShownFile, toShownMermaid } from './shown-files.ts';
import type { Stage } from './stage.client.ts';
import type { Form } from './tools.client.ts';

type Shown = { network: Network; selection: Selection; nodes: readonly DrawnNode[]; stage: Stage; name: string };

/** Hands what is shown to the reader in one form. */
export async function saveShown(form: Form, { network, selection, nodes, stage, name }: Shown): Promise<void> {
  const file = `${name}-graph`;
  if (form === 'Mermaid') return save(`${file}.mmd`, 'text/plain', toShownMermaid(nodes, selection));
  if (form === 'JSON')
    return save(`${file}.json`, 'application/json', `${JSON.stringify(toShownFile(network, selection))}\n`);
  const text = await toSvgText(stage.picture, stage.toSize());
  if (form === 'SVG') return save(`${file}.svg`, 'image/svg+xml', text);
  save(`${file}.png`, 'image/png', await toPng(text, stage.toSize()));
}
