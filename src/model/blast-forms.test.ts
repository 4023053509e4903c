import { describe, expect, test } from 'vitest';
import { blastForms, escapeMarkdown, formatCell } from './blast-forms.ts';
import { findBlastReport } from './blast-report.ts';
import { createGraph, type GraphFile, listReached } from './graph.ts';

const node = (ref: string, label: string, more = {}) => ({ ref, label, owner: 'group:default/team-a', ...more });

/** checkout provides an API that bff consumes; web depends on bff; checkout and bff use kafka. */
const shop: GraphFile = {
  version: 1,
  nodes: [
    node('component:default/checkout', 'checkout'),
    node('api:default/checkout-api', 'checkout-api'),
    node('component:default/bff', 'bff', {
      type: 'service',
      lifecycle: 'production',
      tier: 1,
      partOf: 'system:default/web',
    }),
    node('component:default/web', '@web', { owner: undefined }),
    node('resource:default/kafka', 'kafka'),
  ],
  types: ['dependsOn', 'consumesApi', 'providesApi'],
  edges: [
    [1, 0, 2],
    [2, 1, 1],
    [3, 2, 0],
    [0, 4, 0],
    [2, 4, 0],
  ],
  left: { dependents: 0, needs: 0 },
  others: [
    { ref: 'group:default/team-a', label: '=cmd()', contacts: [{ url: 'mailto:a@acme.io', title: 'a@acme.io' }] },
  ],
};

const write = (name: string, file = shop, of = 'component:default/checkout') => {
  const report = findBlastReport(file, of);
  return (report && blastForms.find((form) => form.name === name)?.write(report)) ?? '';
};

describe('findBlastReport', () => {
  test('counts everything that is hit, APIs apart', () => {
    expect(findBlastReport(shop, 'component:default/checkout')).toMatchObject({
      total: 2,
      direct: 1,
      teams: 1,
      tiers: [{ tier: 1, count: 1 }],
      apis: { count: 1 },
    });
  });

  test('finds nothing for a stranger, and nothing hit where nothing depends on it', () => {
    expect(findBlastReport(shop, 'component:default/none')).toBeUndefined();
    expect(findBlastReport(shop, 'component:default/web')).toMatchObject({ total: 0, owners: [] });
  });

  test('leaves nothing out, however much there is', () => {
    const count = 3000;
    const nodes = Array.from({ length: count }, (_, at) => node(`component:default/n${at}`, `n${at}`));
    const edges = Array.from({ length: count - 1 }, (_, at): [number, number, number] => [at + 1, at >> 1, 0]);
    const file: GraphFile = { ...shop, nodes, edges };
    const rows = write('CSV', file, 'component:default/n0').trimEnd().split('\r\n');
    expect(rows.length).toBe(count);
    const graph = createGraph(
      nodes.map(({ ref }) => ref),
      edges.map(([from, to]) => ({ from: nodes[from]?.ref ?? '', to: nodes[to]?.ref ?? '', type: 'dependsOn' })),
    );
    expect(listReached(graph, 'component:default/n0', 'dependents').length).toBe(count - 1);
  });

  test('reads past what a file should not hold', () => {
    const edges: GraphFile['edges'] = [...shop.edges, [99, 0, 0], [3, 0, 7]];
    expect(findBlastReport({ ...shop, edges }, 'component:default/checkout')?.total).toBe(2);
  });
});

describe('the forms', () => {
  test('a spreadsheet gets a row a thing, and no cell that it could run', () => {
    const [head, first, second] = write('CSV').split('\r\n');
    expect(head).toBe('team,team_ref,contact,name,ref,type,lifecycle,tier,part_of,distance,through,shared_resources');
    expect(first).toBe(
      `"'=cmd()",group:default/team-a,a@acme.io,bff,component:default/bff,service,production,1,system:default/web,1,checkout-api,kafka`,
    );
    expect(second).toBe(`,,,"'@web",component:default/web,,,,,2,"checkout-api, bff",`);
  });

  test('a program gets what the page says', () => {
    const said = JSON.parse(write('JSON'));
    expect(said).toMatchObject({ version: 1, ref: 'component:default/checkout', total: 2, direct: 1, apis: 1 });
    expect(said.things).toContainEqual({
      ...{ ref: 'component:default/web', label: '@web', distance: 2 },
      through: ['api:default/checkout-api', 'component:default/bff'],
    });
    expect(said.owners).toContainEqual({ ref: null, count: 1, contacts: [] });
  });

  test('a channel gets text that names teams, whom to tell and ways', () => {
    const text = write('Markdown');
    expect(text).toContain('## If checkout is down');
    expect(text).toContain('**=cmd\\(\\)** (1): [a\\@acme.io](<mailto:a@acme.io>)');
    expect(text).toContain('- bff (service, tier-1), through checkout-api');
    expect(text).toContain('**Nobody** (1)\n- \\@web, through checkout-api, bff');
  });

  test.each([
    ['=1+1', `"'=1+1"`],
    [' =1', `"' =1"`],
    ['+a', `"'+a"`],
    ['-a', `"'-a"`],
    ['@a', `"'@a"`],
    ['a,"b"', '"a,""b"""'],
    ['a\r\n=b', 'a =b'],
    ['plain', 'plain'],
  ])('the cell %j is written as %j', (text, cell) => {
    expect(formatCell(text)).toBe(cell);
  });

  test.each([
    ['[x](javascript:a)', '\\[x\\]\\(javascript\\:a\\)'],
    ['<!channel> @here', '\\<\\!channel\\> \\@here'],
    ['a\n# b', 'a \\# b'],
  ])('the name %j is written as %j', (text, written) => {
    expect(escapeMarkdown(text)).toBe(written);
  });
});
