import type { Problem } from '#model/problems.ts';
import type { DocsTools } from '../ports.ts';
import { drawDiagrams, toDiagramProblem } from './diagrams.ts';
import { createFormulas, drawFormulas, toFormulaProblem } from './formulas.ts';

type File = { repository: string; path: string };

/** Draws what pages have as sources, diagrams and formulas; what cannot be drawn stays, and is reported at its line. */
export function createDraw(tools: Pick<DocsTools, 'diagrams' | 'plantumlServer' | 'deflate'>) {
  const formulas = createFormulas();
  return async (html: string, markdown: string, file: File): Promise<{ body: string; problems: Problem[] }> => {
    const { plantumlServer, deflate } = tools;
    const diagrams = await drawDiagrams(html, tools.diagrams, { plantumlServer, deflate });
    const { body, faults } = drawFormulas(diagrams.body, formulas);
    const problems = [
      ...diagrams.faults.map((fault) => toDiagramProblem(fault, markdown, file)),
      ...faults.map((fault) => toFormulaProblem(fault, markdown, file)),
    ];
    return { body, problems };
  };
}
