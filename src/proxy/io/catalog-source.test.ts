import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createManualClock, sampleCatalog } from '../proxy.sample.ts';
import { type CatalogPlace, openCatalog } from './catalog-source.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-catalog-'));
});
afterAll(() => rm(folder, { recursive: true }));

const toText = (title: string) =>
  JSON.stringify({
    ...sampleCatalog,
    entities: [{ ref: 'component:default/checkout', title, annotations: {}, owners: [] }],
  });

/** A source whose every look can be awaited: a look ends by waiting for the next. */
function openWatched(place: CatalogPlace) {
  const clock = createManualClock();
  const problems: string[] = [];
  let looked = Promise.withResolvers<number>();
  const timer = (milliseconds: number, act: () => void) => {
    looked.resolve(milliseconds);
    looked = Promise.withResolvers();
    return clock.timer(milliseconds, act);
  };
  const log = { request: () => {}, problem: (what: string) => void problems.push(what) };
  const first = looked.promise;
  const source = openCatalog(place, { log, timer, random: () => 0.5 });
  const lookAgain = async () => {
    const next = looked.promise;
    await clock.advance(30_000);
    await next;
  };
  const findTitle = () => source.find()?.find('component:default/checkout')?.title;
  return { source, problems, first, lookAgain, findTitle, clock };
}

test('reads a file, and reads it again when it changed', async () => {
  const file = join(folder, 'changing.json');
  await writeFile(file, toText('one'));
  const { source, first, lookAgain, findTitle, problems, clock } = openWatched({ file });
  expect(findTitle()).toBeUndefined();
  await source.ready;
  expect([findTitle(), await first]).toEqual(['one', 30_000]);
  const before = source.find();
  await lookAgain();
  expect(source.find()).toBe(before);
  await writeFile(file, `${toText('one')}`);
  await lookAgain();
  expect(source.find()).toBe(before);
  await writeFile(file, toText('two, longer'));
  await lookAgain();
  expect([findTitle(), problems]).toEqual(['two, longer', []]);
  source.stop();
  expect(clock.countWaiting()).toBe(0);
});

test.each(['{', '[]', '{"version":1}', ''])('keeps the catalog when the new one is broken: %s', async (broken) => {
  const file = join(folder, 'breaking.json');
  await writeFile(file, toText('good'));
  const { source, lookAgain, findTitle, problems } = openWatched({ file });
  await source.ready;
  await writeFile(file, broken);
  await lookAgain();
  expect([findTitle(), problems]).toEqual(['good', ['The catalog is broken; the one before is kept.']]);
  await rm(file);
  await lookAgain();
  expect([findTitle(), problems.length]).toEqual(['good', 2]);
  await writeFile(file, toText('mended'));
  await lookAgain();
  expect(findTitle()).toBe('mended');
  source.stop();
});

test('without a first catalog it looks more often', async () => {
  const { source, first } = openWatched({ file: join(folder, 'none.json') });
  await source.ready;
  expect([source.find(), await first]).toEqual([undefined, 3_000]);
  source.stop();
});

async function serve(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return { url: `http://127.0.0.1:${port}/api/proxy-catalog.json`, stop: () => void server.close() };
}

test('asks an address whether it changed', async () => {
  let title = 'one';
  const statuses: number[] = [];
  const { url, stop } = await serve((request, response) => {
    const etag = `"${title}"`;
    const status = request.headers['if-none-match'] === etag ? 304 : 200;
    statuses.push(status);
    response.writeHead(status, { etag }).end(status === 200 ? toText(title) : undefined);
  });
  const { source, lookAgain, findTitle } = openWatched({ url });
  await source.ready;
  await lookAgain();
  title = 'two';
  await lookAgain();
  expect([findTitle(), statuses]).toEqual(['two', [200, 304, 200]]);
  source.stop();
  stop();
});

test.each([302, 401, 404, 500])('an address that answers with %i changes nothing', async (status) => {
  const { url, stop } = await serve((_, response) => {
    response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(toText('evil'));
  });
  const { source, problems } = openWatched({ url });
  await source.ready;
  expect([source.find(), problems]).toEqual([undefined, ['The catalog cannot be read; the one before is kept.']]);
  source.stop();
  stop();
});

test('an address that sends more than is read changes nothing', async () => {
  const { url, stop } = await serve((_, response) => {
    const chunk = Buffer.alloc(4 * 1024 * 1024, ' ');
    const write = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', write);
    response.on('error', () => {});
    write();
  });
  const { source, problems } = openWatched({ url });
  await source.ready;
  expect([source.find(), problems.length]).toEqual([undefined, 1]);
  source.stop();
  stop();
});

test.each([
  'https://ann:hunter2@portal.example/x.json',
  'http://portal.example/x.json',
  'ftp://portal.example/x.json',
  'http://localhost.evil.example/',
  'x',
])('refuses the address %s', (url) => {
  expect(() => openWatched({ url })).toThrow();
});
