import { decodeHTML } from 'entities';
import katex from 'katex';
import { type Problem, toProblem } from '#model/problems.ts';
import { createLocator } from '../render/positions.ts';
import { keepMathml } from './mathml.ts';

/** A formula that could not be drawn, and what its parser says. */
export type FormulaFault = { source: string; message: string };

const formula = /<(span|div) class="arithmatex">([^<]*)<\/\1>/g;
const marks = /^\s*\\[([]([\s\S]*)\\[\])]\s*$/;
/** Longer ones are no formulas that people read. */
const longestSource = 5000;
/** What reaches out of the formula: links, pictures, attributes; and what programs with macros. */
const forbidden =
  /\\(?:href|url|includegraphics|html[A-Za-z]*|(?:g|e|x|long|global)?def|(?:re|provide)?newcommand|providecommand|renewcommand|let|futurelet|gdef|xdef|edef)(?![A-Za-z])/;

/** Draws formulas as MathML, each once however often it stands in the pages. */
export function createFormulas(): (source: string, isBlock: boolean) => { mathml: string } | { message: string } {
  const known = new Map<string, { mathml: string } | { message: string }>();
  return (source, isBlock) => {
    const key = `${isBlock} ${source}`;
    const drawn = known.get(key) ?? drawFormula(source, isBlock);
    known.set(key, drawn);
    return drawn;
  };
}

function drawFormula(source: string, isBlock: boolean): { mathml: string } | { message: string } {
  if (source.length > longestSource) return { message: `It has more than ${longestSource} characters` };
  const command = forbidden.exec(source)?.[0];
  if (command) return { message: `The command ${command} is not allowed here` };
  try {
    const html = katex.renderToString(source, {
      output: 'mathml',
      displayMode: isBlock,
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxExpand: 500,
      maxSize: 20,
    });
    return { mathml: keepMathml(html, source) };
  } catch (error) {
    return { message: toMessage(error) };
  }
}

/** A formula nested beyond all reason ends in an error of the machine, which says nothing to its author. */
function toMessage(error: unknown): string {
  if (error instanceof RangeError) return 'It is nested too deeply';
  const text = error instanceof Error ? error.message : String(error);
  return text
    .replace(/^KaTeX parse error: /, '')
    .replace(/\u0332/g, '')
    .slice(0, 200);
}

/** Puts drawn formulas in the place of their sources in the body of a page. */
export function drawFormulas(
  body: string,
  draw: ReturnType<typeof createFormulas>,
): { body: string; faults: FormulaFault[] } {
  if (!body.includes('class="arithmatex"')) return { body, faults: [] };
  const faults: FormulaFault[] = [];
  const drawn = body.replace(formula, (whole, tag: string, content: string) => {
    const source = marks.exec(decodeHTML(content))?.[1]?.trim();
    if (!source) return whole;
    const answer = draw(source, tag === 'div');
    if ('mathml' in answer) return `<${tag} class="arithmatex">${answer.mathml}</${tag}>`;
    faults.push({ source, message: answer.message });
    return `<${tag} class="arithmatex arithmatex-invalid"><code>${content.trim()}</code></${tag}>`;
  });
  return { body: drawn, faults };
}

/** The problem of a fault, at the line where the formula stands. */
export function toFormulaProblem(
  { source, message }: FormulaFault,
  markdown: string,
  file: { repository: string; path: string },
): Problem {
  const [first = ''] = source.split('\n');
  const wanted = markdown.includes(source) ? source : first.trim();
  return toProblem('docs-formula-invalid', { message }, { place: { ...file, ...createLocator(markdown)(wanted) } });
}
