import type { Chance } from './chance.ts';
import { toWords } from './docs-words.ts';
import { list } from './envelopes.ts';

/** What one page is written from: its title, and where it may lead to. */
export type PageOrder = { title: string; links: readonly string[] };

/** How many pieces a page has below each of its headings. */
const piecesOfSection = 5;
const sectionsOfPage = 4;

const kinds = ['note', 'warning', 'tip', 'info', 'danger'] as const;

/** Samples of code, by language; `0` in them becomes a number, so that few blocks are the same. */
const samples: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  [
    'yaml',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: service-0\n  labels: {app: service-0}\nspec:\n  replicas: 3\n  template:\n    spec:\n      containers:\n        - name: app\n          image: "registry.example.com/service:0"\n          ports: [{containerPort: 80800}]',
  ],
  [
    'bash',
    '# Install what is needed\nexport REGION=eu-0\nfor each in $(ls ./charts); do\n  helm upgrade --install "$each" "./charts/$each" --set replicas=0\ndone',
  ],
  [
    'console',
    '$ kubectl get pods -n service-0\nNAME            READY   STATUS    RESTARTS\nservice-0-x1    1/1     Running   0',
  ],
  [
    'json',
    '{\n  "id": 0,\n  "name": "service",\n  "enabled": true,\n  "tags": ["one", "two"],\n  "limits": {"cpu": "500m", "memory": "256Mi"}\n}',
  ],
  [
    'python',
    'from service import Client\n\n\ndef fetch(limit: int = 0) -> list[str]:\n    """Read the first rows."""\n    client = Client(timeout=30)\n    return [row.name for row in client.rows(limit) if row.name]',
  ],
  [
    'go',
    'package main\n\nimport "fmt"\n\nfunc main() {\n\tfor i := 0; i < 10; i++ {\n\t\tfmt.Printf("row %d of %s\\n", i, "service")\n\t}\n}',
  ],
  [
    'java',
    '@Path("/orders/0")\npublic class OrderResource {\n  private final OrderStore store;\n\n  @GET\n  public Response list(@QueryParam("limit") int limit) {\n    return Response.ok(store.first(limit)).build();\n  }\n}',
  ],
  ['hcl', 'resource "aws_s3_bucket" "bucket_0" {\n  bucket = "logs-0"\n  tags   = { team = "platform" }\n}'],
  [
    'typescript',
    'export const toRows = (limit = 0): string[] =>\n  [...rows.values()].slice(0, limit).map(({ name }) => `${name}!`);',
  ],
  ['', 'service-0\n├── charts\n└── docs'],
];

type Piece = (order: PageOrder, chance: Chance) => string;

const pieces: Readonly<Record<string, { weight: number; write: Piece }>> = {
  paragraph: { weight: 7, write: toParagraph },
  list: { weight: 3, write: toList },
  steps: { weight: 1, write: (order, chance) => toList(order, chance).replace(/^- /gm, '1. ') },
  code: { weight: 6, write: (_order, chance) => toFence(chance) },
  table: { weight: 1, write: (_order, chance) => toTable(chance) },
  admonition: {
    weight: 1,
    write: (order, chance) => `!!! ${chance.pick(kinds)} "${toWords(3, chance)}"\n\n    ${toParagraph(order, chance)}`,
  },
};

const drawn = Object.values(pieces).flatMap(({ weight, write }) => list(weight, () => write));

/** One page of Markdown of about 6 KB, as teams write them: prose, lists, code, tables, notes, and links. */
export function toPageText(order: PageOrder, chance: Chance): string {
  const sections = list(sectionsOfPage, (at) => {
    const heading = `${at % 3 === 2 ? '###' : '##'} ${toWords(3 + chance.below(3), chance)}`;
    const body = list(piecesOfSection, () => chance.pick([toParagraph, ...drawn])(order, chance));
    return [heading, ...body].join('\n\n');
  });
  return `# ${order.title}\n\n${toParagraph(order, chance)}\n\n${sections.join('\n\n')}\n`;
}

function toParagraph({ links }: PageOrder, chance: Chance): string {
  const sentences = list(3 + chance.below(3), () => `${toWords(8 + chance.below(10), chance)}.`);
  const [target] = links.length > 0 ? [links[chance.below(links.length)]] : [];
  const extras = [
    `Set \`option_${chance.below(500)}\` to **${toWords(1, chance)}**.`,
    ...(target === undefined ? [] : [`See [${toWords(2, chance)}](${target}) for more.`]),
    `It is *${toWords(2, chance)}* since [release ${chance.below(90)}](https://example.com/releases/${chance.below(90)}).`,
  ];
  return [...sentences, ...extras.slice(0, chance.below(extras.length + 1))].join(' ');
}

function toList({ links }: PageOrder, chance: Chance): string {
  return list(3 + chance.below(4), (at) => {
    const target = links[(at + chance.below(7)) % Math.max(links.length, 1)];
    const end = at === 1 && target !== undefined ? ` ([more](${target}))` : '';
    return `- ${toWords(5 + chance.below(9), chance)} with \`--flag-${chance.below(90)}\`${end}`;
  }).join('\n');
}

function toFence(chance: Chance): string {
  const [language, code] = chance.pick(samples);
  return `\`\`\`${language}\n${code.replaceAll('0', String(chance.below(100_000)))}\n\`\`\``;
}

function toTable(chance: Chance): string {
  const rows = list(4 + chance.below(6), () => {
    const name = `\`SERVICE_${chance.below(900)}\``;
    return `| ${name} | ${chance.below(3000)} | ${toWords(7, chance)} |`;
  });
  return ['| Name | Default | Meaning |', '|---|---:|---|', ...rows].join('\n');
}
