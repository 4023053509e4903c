import { hiddenWords } from '#model/hidden.ts';
import type { DocsTools } from '../ports.ts';
import { annotateCode } from './annotations.ts';
import { createDraw } from './draw.ts';
import type { KeptPage, Present } from './kept-tree.ts';
import type { OpenTree } from './open-tree.ts';
import { toPlaced } from './places.ts';
import type { PreparedPage } from './prepare-pages.ts';
import { placeAnswers, toBrokenLinks, toRefusedFrames } from './rewrite.ts';

type Work = Pick<Present, 'hashOf' | 'titles' | 'files' | 'keepFile' | 'findElsewhere'> & {
  open: OpenTree;
  tools: DocsTools;
};

/** Makes what finishes pages: gives them the files and pages elsewhere that they lead to, draws, and stores them. */
export function createFinisher(work: Work): (page: PreparedPage) => Promise<KeptPage> {
  const { open, tools, hashOf, titles, files } = work;
  const prefix = open.plan.folder === '' ? '' : `${open.plan.folder}/`;
  const draw = createDraw(tools);
  const annotatesAll = open.site.features.includes('content.code.annotate');
  return async (page) => {
    const source = files.get(page.path)?.source ?? page.path;
    const place = { repository: open.plan.repository.id, path: prefix + source };
    const text = open.tree.readText(source) ?? '';
    const { html, summary, copies, elsewhere } = await placePage(page, work);
    const drawn = await draw(html, text, place);
    const { path, links, ids, lookups, finds } = page;
    return {
      ...{ path, links, ids, lookups, finds, navTitle: titles.get(path) ?? null },
      row: {
        ...page.row,
        summary,
        path: place.path,
        body: tools.store.keepBody(annotateCode(drawn.body, annotatesAll)),
      },
      problems: [
        ...toBrokenLinks(page.broken, text, place),
        ...toRefusedFrames(page.refused, text, place),
        ...drawn.problems,
        ...page.problems.map((problem) => toPlaced(problem, prefix)),
      ],
      texts: [source, ...page.reads].map((read) => [read, hashOf(read)]),
      copies: [...copies].map(([file, copy]) => [file, copy ?? null]),
      elsewhere: [...elsewhere],
    };
  };
}

async function placePage({ html, wanted, row }: PreparedPage, { keepFile, findElsewhere, tools }: Work) {
  const sources = new Set(wanted.flatMap(({ source = [] }) => source));
  const copies = new Map(
    await Promise.all([...sources].map(async (source) => [source, await keepFile(source)] as const)),
  );
  const elsewhere = new Map<string, string | null>();
  const find = (url: string) => {
    const found = findElsewhere(url);
    elsewhere.set(url, found ?? null);
    return found;
  };
  // An address may stand in the text as well.
  const summary = row.summary.replace(/https?:\/\/[^\s,;]+/g, (url) => (findElsewhere(url) === '' ? hiddenWords : url));
  return {
    html: placeAnswers(html, wanted, { base: tools.base, copies, findElsewhere: find }),
    ...{ summary, copies, elsewhere },
  };
}
