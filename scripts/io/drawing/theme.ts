const series = Array.from({ length: 8 }, (_, at) => `series-${at + 1}`);

/** The colours of a drawing. A drawing names them alone; `diagram.css` says what they look like in both schemes. */
const tokens = [
  ...['ink', 'quiet', 'line', 'paper', 'node', 'node-line', 'group', 'group-line', 'note', 'note-line', 'active'],
  ...['active-line', 'done', 'broken', 'broken-line', 'link', 'on-series', 'stripe', 'strong'],
  ...series,
] as const;

/** A colour that stands for a token while an engine draws: engines calculate with colours and know no variables. */
const stands = new Map(tokens.map((token, at) => [token, `#7d${(0x21 + at * 5).toString(16).padStart(2, '0')}b3`]));
const meanings = new Map([...stands].map(([token, colour]) => [colour, `var(--diagram-${token})`]));

/** The colour to draw with in place of a token. */
export const standIn = (token: string): string => stands.get(token) ?? '#000000';

const toHex = (numbers: readonly string[]): string =>
  `#${numbers.map((number) => Math.round(Number(number)).toString(16).padStart(2, '0')).join('')}`;

/** The variable that a colour of a drawing stands for, if it is one of ours. */
export function findVariable(colour: string): string | undefined {
  const text = colour.trim().toLowerCase();
  const numbers = /^rgba?\(\s*([\d.]+)[,\s]+([\d.]+)[,\s]+([\d.]+)/.exec(text);
  return meanings.get(numbers ? toHex(numbers.slice(1, 4)) : text);
}

const each = (name: string, count: number, from: number, pick: (at: number) => string): [string, string][] =>
  Array.from({ length: count }, (_, at) => [`${name}${at + from}`, pick(at)]);

const turn = (at: number): string => series[at % series.length] ?? 'node';

/** Which of our tokens each colour of a Mermaid theme is. */
const rows: Readonly<Record<string, string>> = {
  ink: `primaryTextColor secondaryTextColor tertiaryTextColor textColor nodeTextColor actorTextColor signalTextColor labelTextColor loopTextColor
    noteTextColor taskTextColor taskTextOutsideColor taskTextLightColor taskTextDarkColor transitionLabelColor stateLabelColor classText
    pieTitleTextColor pieLegendTextColor quadrant1TextFill quadrant2TextFill quadrant3TextFill quadrant4TextFill quadrantPointTextFill
    quadrantTitleFill requirementTextColor relationLabelColor commitLabelColor tagLabelColor titleColor errorTextColor vennTitleTextColor
    vennSetTextColor archTextColor`,
  quiet: 'quadrantXAxisTextFill quadrantYAxisTextFill scaleLabelColor',
  line: `lineColor arrowheadColor defaultLinkColor actorLineColor signalColor transitionColor relationColor specialStateColor archEdgeColor
    archEdgeArrowColor gridColor vertLineColor innerEndBackground`,
  paper: `background edgeLabelBackground relationLabelBackground labelBackgroundColor altSectionBkgColor pieStrokeColor sequenceNumberColor
    commitLabelBackground pieOuterStrokeColor`,
  node: `primaryColor nodeBkg mainBkg actorBkg labelBoxBkgColor taskBkgColor stateBkg personBkg requirementBackground tagLabelBackground
    rowOdd sectionBkgColor2`,
  'node-line': `primaryBorderColor nodeBorder border1 actorBorder labelBoxBorderColor taskBorderColor personBorder requirementBorderColor
    tagLabelBorder compositeBorder quadrantInternalBorderStrokeFill quadrantExternalBorderStrokeFill`,
  group: `secondaryColor tertiaryColor clusterBkg rectBkgColor sectionBkgColor compositeBackground altBackground activationBkgColor
    quadrant1Fill quadrant3Fill errorBkgColor excludeBkgColor`,
  'group-line':
    'secondaryBorderColor tertiaryBorderColor clusterBorder border2 activationBorderColor archGroupBorderColor',
  note: 'noteBkgColor',
  'note-line': 'noteBorderColor',
  active: 'activeTaskBkgColor compositeTitleBackground',
  'active-line': 'activeTaskBorderColor quadrantPointFill',
  done: 'doneTaskBkgColor doneTaskBorderColor',
  broken: 'critBkgColor',
  'broken-line': 'critBorderColor todayLineColor wardleyEvolutionColor',
  link: 'taskTextClickableColor',
  stripe: 'rowEven quadrant2Fill quadrant4Fill',
  'on-series': 'branchLabelColor pieSectionTextColor',
};

/** The colours of diagrams that keep theirs apart. */
const charts = {
  packet: {
    ...{ startByteColor: 'quiet', endByteColor: 'quiet', labelColor: 'ink', titleColor: 'ink' },
    ...{ blockStrokeColor: 'node-line', blockFillColor: 'node' },
  },
};

const axes = Object.fromEntries(
  [
    ...['title', 'xAxisLabel', 'xAxisTitle', 'yAxisLabel', 'yAxisTitle', 'dataLabel'].map((name) => [name, 'ink']),
    ...['xAxisTick', 'xAxisLine', 'yAxisTick', 'yAxisLine'].map((name) => [name, 'line']),
    ['background', 'paper'],
  ].map(([name = '', token = '']) => [`${name}Color`, standIn(token)]),
);

/** The variables of a Mermaid theme of which every colour stands for one of our tokens. */
export function toThemeVariables(): Record<string, unknown> {
  const named = Object.entries(rows).flatMap(([token, names]) =>
    names.split(/\s+/).map((name): [string, string] => [name, token]),
  );
  const numbered = [
    ...each('pie', 12, 1, turn),
    ...each('git', 8, 0, turn),
    ...each('venn', 8, 1, turn),
    ...each('cScale', 12, 0, turn),
    ...each('cScalePeer', 12, 0, turn),
    ...each('fillType', 8, 0, turn),
    ...each('actor', 6, 0, turn),
    ...each('surface', 5, 0, () => 'node'),
    ...each('surfacePeer', 5, 0, () => 'node-line'),
    ...each('gitInv', 8, 0, turn),
    ...each('cScaleInv', 12, 0, () => 'on-series'),
    ...each('cScaleLabel', 12, 0, () => 'on-series'),
    ...each('gitBranchLabel', 8, 0, () => 'on-series'),
  ];
  const flat = Object.fromEntries([...named, ...numbered].map(([name, token]) => [name, standIn(token)]));
  const nested = Object.entries(charts).map(([name, parts]) => [
    name,
    Object.fromEntries(Object.entries(parts).map(([part, token]) => [part, standIn(token)])),
  ]);
  const xyChart = { ...axes, plotColorPalette: series.map(standIn).join(',') };
  return { ...flat, ...Object.fromEntries(nested), xyChart };
}
