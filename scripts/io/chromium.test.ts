import { expect, test } from 'vitest';
import { findChromium, installChromium, type Machine } from './chromium.ts';

/** A machine on which `programs` start, and on which each command of `installs` adds the program it is paired with. */
function createFakeMachine(
  programs: string[],
  { named, installs = {}, isRoot = true }: { named?: string; installs?: Record<string, string>; isRoot?: boolean } = {},
) {
  const present = new Set(programs);
  const ran: string[] = [];
  const machine: Machine = {
    environment: { PATH: '/a:/b', PORTOLAN_CHROMIUM: named },
    downloaded: '/cache/chrome',
    isRoot,
    runs: (program) => present.has(program),
    succeeds: (command, words) => {
      const line = [command, ...words.filter((word) => !word.startsWith('-'))].join(' ');
      ran.push(line);
      const added = installs[line];
      if (added) present.add(added);
      return line === 'apt-get update' || added !== undefined;
    },
  };
  return { machine, ran };
}

test.each([
  ['the one named before all others', ['/mine', '/a/chromium', '/cache/chrome'], '/mine', '/mine'],
  ['chromium before Chrome, wherever they lie', ['/a/google-chrome', '/b/chromium'], undefined, '/b/chromium'],
  ['Chrome on the PATH before the download', ['/a/google-chrome', '/cache/chrome'], undefined, '/a/google-chrome'],
  ["Playwright's own download", ['/cache/chrome'], undefined, '/cache/chrome'],
  ['nothing where there is nothing', [], undefined, undefined],
])('finds %s', (_, programs, named, found) => {
  expect(findChromium(createFakeMachine(programs, { named }).machine)).toBe(found);
});

test('a named browser that does not start is an error, not a reason to take another', () => {
  const { machine } = createFakeMachine(['/a/chromium'], { named: '/gone' });
  expect(() => installChromium(machine)).toThrow('PORTOLAN_CHROMIUM names `/gone`');
});

const download = 'playwright install chromium';
const apt = 'apt-get install chromium';

test.each([
  ['nothing when one is there', ['/a/chromium'], {}, '/a/chromium', []],
  ['the download first', [], { [download]: '/cache/chrome', [apt]: '/a/chromium' }, '/cache/chrome', [download]],
  [
    'the package when the download fails',
    [],
    { [apt]: '/a/chromium' },
    '/a/chromium',
    [download, 'apt-get update', apt],
  ],
  [
    'the package when what was downloaded does not start',
    [],
    { [download]: '/cache/broken', [apt]: '/a/chromium' },
    '/a/chromium',
    [download, 'apt-get update', apt],
  ],
])('installs %s', (_, programs, installs, found, commands) => {
  const { machine, ran } = createFakeMachine(programs, { installs });
  expect(installChromium(machine)).toBe(found);
  expect(ran).toEqual(commands);
});

test.each([
  ['root, where nothing can be had', true, [download, 'apt-get update', apt]],
  ['a user, who may not install packages', false, [download]],
])('says what to do to %s', (_, isRoot, commands) => {
  const { machine, ran } = createFakeMachine([], { isRoot });
  expect(() => installChromium(machine)).toThrow('apt-get install chromium');
  expect(ran).toEqual(commands);
});
