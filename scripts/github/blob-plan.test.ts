import { expect, test } from 'vitest';
import { planQuestions } from './blob-plan.ts';

const need = (client: string, count: number) => ({ source: { client }, oids: Array.from({ length: count }, String) });
const sizes = (needs: ReturnType<typeof need>[]) =>
  planQuestions(needs).map((batch) => batch.map(({ source, oids }) => `${source.client}${oids.length}`));

test('few texts of many repositories are asked for together, for each client apart; many of one are left to git', () => {
  expect(sizes([need('a', 1), need('b', 2), need('a', 10), need('a', 11)])).toEqual([['a1', 'a10'], ['b2']]);
});

test('a question holds a hundred texts', () => {
  const many = Array.from({ length: 21 }, () => need('a', 5));
  expect(sizes(many).map((batch) => batch.length)).toEqual([20, 1]);
});
