import { instance } from '@viz-js/viz';
import { formatDrawing } from './clean.ts';
import { keepReadable } from './mend.ts';
import { paint } from './paint.ts';
import { standIn } from './theme.ts';

const look = { fontname: 'Arial', fontsize: 13, fontcolor: standIn('ink') };

const defaults = {
  graphAttributes: { ...look, bgcolor: 'transparent', color: standIn('group-line') },
  nodeAttributes: { ...look, color: standIn('node-line') },
  edgeAttributes: { ...look, color: standIn('line') },
};

/** Makes the one who draws Graphviz sources; it answers safe SVG, and throws where a source does not parse. */
export async function createGraphviz(document: Document): Promise<(source: string, id: string) => string> {
  const viz = await instance();
  return (source, id) => {
    const result = viz.render(source, { format: 'svg', ...defaults });
    if (result.status === 'failure') throw new Error(result.errors.map(({ message }) => message).join(' '));
    const host = document.createElement('div');
    host.innerHTML = result.output.slice(result.output.indexOf('<svg'));
    const root = host.querySelector('svg');
    if (!root) throw new Error('Nothing was drawn.');
    for (const link of root.querySelectorAll('a')) link.removeAttribute('title');
    paint(root);
    keepReadable(root);
    return formatDrawing(root, { id, title: 'Graph', description: '' });
  };
}
