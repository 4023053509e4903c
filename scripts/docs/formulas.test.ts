import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { expect, test } from 'vitest';
import { createFormulas, drawFormulas, toFormulaProblem } from './formulas.ts';

const draw = (body: string) => drawFormulas(body, createFormulas());

test('draws formulas in lines and as blocks, with their source as the text that replaces them', () => {
  const html =
    '<p>a <span class="arithmatex">\\(x &lt; 2\\)</span></p>\n<div class="arithmatex">\\[\n\\frac{a}{b}\n\\]</div>';
  expect(draw(html)).toEqual({
    body:
      '<p>a <span class="arithmatex"><math alttext="x &lt; 2"><mrow><mi>x</mi><mo>&lt;</mo><mn>2</mn></mrow></math></span></p>\n' +
      '<div class="arithmatex"><math alttext="\\frac{a}{b}" display="block"><mrow><mfrac><mi>a</mi><mi>b</mi></mfrac></mrow></math></div>',
    faults: [],
  });
});

test.each([
  ['\\mathbf{x}', '<mi>𝐱</mi>'],
  ['\\mathbb{R}', '<mi>ℝ</mi>'],
  ['\\mathcal{L}', '<mi>ℒ</mi>'],
  ['\\mathrm{d}', '<mi mathvariant="normal">d</mi>'],
  ['\\mathbf{1}', '<mn>𝟏</mn>'],
])('writes the letters of %s so that every browser shows them', (source, mathml) => {
  expect(draw(`<span class="arithmatex">\\(${source}\\)</span>`).body).toContain(mathml);
});

test.each([
  ['an open brace', '\\frac{a', 'Unexpected end of input'],
  ['an unknown command', '\\bad', 'Undefined control sequence: \\bad'],
  ['a link', '\\href{https://example.org}{x}', '\\href is not allowed'],
  ['a picture', '\\includegraphics{x}', '\\includegraphics is not allowed'],
  ['an attribute', '\\htmlClass{a}{x}', '\\htmlClass is not allowed'],
  ['a definition', '\\def\\a{\\a\\a}\\a', '\\def is not allowed'],
  ['a command of its own', '\\newcommand{\\a}{\\a}\\a', '\\newcommand is not allowed'],
  ['a formula without end', '{'.repeat(2400), 'nested too deeply'],
  ['a formula as long as a book', 'x'.repeat(5001), 'more than 5000'],
])('keeps the source of %s', (_, source, message) => {
  const { body, faults } = draw(`<span class="arithmatex">\\(${source}\\)</span>`);
  expect(body).toBe(`<span class="arithmatex arithmatex-invalid"><code>\\(${source}\\)</code></span>`);
  expect(faults).toEqual([{ source, message: expect.stringContaining(message) }]);
});

test('reports a fault at the line of the formula', () => {
  const problem = toFormulaProblem({ source: 'a\n\\bad', message: 'x' }, 'text\n\n$$\na\n\\bad\n$$', {
    repository: 'orders',
    path: 'docs/index.md',
  });
  expect(problem).toMatchObject({ code: 'docs-formula-invalid', place: { line: 4 } });
});

const commands =
  '\\frac \\sqrt \\text \\color \\colorbox \\rule \\kern \\tag \\begin{matrix} \\end{matrix} \\url \\class \\style \\unicode \\char \\htmlData \\href \\phantom \\cancel \\boxed \\angl \\verb \\operatorname \\hspace';
const pieces = fc.constantFrom(
  ...commands.split(' '),
  '{',
  '}',
  '&',
  '\\\\',
  '^',
  '_',
  'a',
  '1',
  '<',
  '"',
  "'",
  'javascript:x',
  ' onclick=x ',
  '<script>',
  'red',
  '10em',
  '#f00',
  '|',
);
const harmless = /^m[a-z]+$/;

test('whatever comes in, elements of MathML come out that neither lead nor load nor run', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const answer = createFormulas()(parts.join(''), true);
      if ('message' in answer) return;
      const names: string[] = [];
      const visit = (node: { tagName?: string; attrs?: { name: string }[]; childNodes?: unknown[] }) => {
        if (node.tagName) names.push(node.tagName, ...(node.attrs ?? []).map(({ name }) => `@${name}`));
        for (const child of node.childNodes ?? []) visit(child as typeof node); // parse5's nodes, of whichever kind
      };
      visit(parseFragment(answer.mathml) as Parameters<typeof visit>[0]); // as above
      expect(names.filter((name) => !name.startsWith('@') && !harmless.test(name))).toEqual([]);
      expect(names.filter((name) => /^@(?:on|style|href|src|class|id)/.test(name))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
