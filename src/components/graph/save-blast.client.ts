import { blastForms } from '#model/blast-forms.ts';
import { findBlastReport } from '#model/blast-report.ts';
import { type GraphFile, isGraphFile } from '#model/graph.ts';
import { type RefText, toRef } from '#model/ref.ts';
import { wholeGraphPath } from '#model/urls.ts';
import { toSiteHref } from '../search/dom.client.ts';

let loading: Promise<GraphFile> | undefined;

/** Makes a file of all that depends on an entity and hands it to the reader. */
export async function saveBlast(of: RefText, name: string): Promise<void> {
  loading ??= loadGraph();
  const graph = await loading.catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  const report = findBlastReport(graph, of);
  const form = blastForms.find((each) => each.name === name);
  if (report && form) save(`${toRef(of).name}-blast-radius.${form.ending}`, form.mediaType, form.write(report));
}

async function loadGraph(): Promise<GraphFile> {
  const answer = await fetch(toSiteHref(wholeGraphPath));
  const graph: unknown = answer.ok ? await answer.json() : undefined;
  if (!isGraphFile(graph)) throw new Error('There is no graph.');
  return graph;
}

function save(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
