import type { MermaidConfig } from 'mermaid';
import { formatDrawing } from './clean.ts';
import { installDocument } from './document.ts';
import { defaultSize } from './measure.ts';
import { mend } from './mend.ts';
import { paint } from './paint.ts';
import { toThemeVariables } from './theme.ts';

const fontFamily = 'sans-serif';

/** What a diagram must not decide for itself: how it looks, and what it may do. */
const secure =
  `secure securityLevel startOnLoad maxTextSize maxEdges suppressErrorRendering theme themeVariables themeCSS darkMode look
  fontFamily altFontFamily fontSize htmlLabels deterministicIds deterministicIDSeed textPlacement useMaxWidth`.split(
    /\s+/,
  );

const configuration: MermaidConfig = {
  startOnLoad: false,
  securityLevel: 'strict',
  secure,
  theme: 'base',
  themeVariables: { ...toThemeVariables(), fontFamily, fontSize: `${defaultSize}px` },
  fontFamily,
  fontSize: defaultSize,
  htmlLabels: false,
  deterministicIds: true,
  suppressErrorRendering: true,
  flowchart: { htmlLabels: false, useMaxWidth: false },
  sequence: { useMaxWidth: false, messageFontSize: defaultSize, noteFontSize: defaultSize, actorFontSize: defaultSize },
  journey: { useMaxWidth: false, textPlacement: 'tspan' },
  gantt: { useMaxWidth: false, useWidth: 900 },
};

/** The same numbers for every drawing, so that a layout that rolls dice comes out the same. */
function reseed(): void {
  let state = 0x2545f491;
  Math.random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const titles: Readonly<Record<string, string>> = {
  'flowchart-v2': 'Flowchart',
  flowchart: 'Flowchart',
  sequence: 'Sequence diagram',
  classDiagram: 'Class diagram',
  class: 'Class diagram',
  stateDiagram: 'State diagram',
  state: 'State diagram',
  er: 'Entity relationship diagram',
  gantt: 'Gantt chart',
  pie: 'Pie chart',
  journey: 'User journey',
  gitGraph: 'Git graph',
  mindmap: 'Mind map',
  requirement: 'Requirement diagram',
  timeline: 'Timeline',
  quadrantChart: 'Quadrant chart',
  xychart: 'Chart',
  architecture: 'Architecture diagram',
};

const textOf = (root: Element, selector: string): string => root.querySelector(selector)?.textContent?.trim() ?? '';

/** Makes the one who draws Mermaid diagrams in this thread; it answers safe SVG, and throws where a source does not parse. */
export async function createMermaid(): Promise<(source: string, id: string) => Promise<string>> {
  const document = installDocument();
  const { default: mermaid } = await import('mermaid');
  mermaid.initialize(configuration);
  return async (source, id) => {
    reseed();
    document.body.innerHTML = '';
    try {
      const { svg, diagramType } = await mermaid.render(id, source);
      document.body.innerHTML = svg;
      const root = document.body.querySelector('svg');
      if (!root) throw new Error('Nothing was drawn.');
      const title = textOf(root, 'title') || (titles[diagramType.replace(/-v2$|Diagram$/, '')] ?? 'Diagram');
      const description = textOf(root, 'desc');
      paint(root);
      mend(root);
      return formatDrawing(root, { id, title, description });
    } finally {
      document.body.innerHTML = '';
    }
  };
}
