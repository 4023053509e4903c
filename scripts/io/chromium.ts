import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What can be asked of the machine in the search for a browser; the real one is `createMachine`. */
export type Machine = {
  environment: Record<string, string | undefined>;
  /** Where Playwright keeps its own download, whether it is there or not. */
  downloaded: string;
  isRoot: boolean;
  /** True when the program starts, with every library it needs, and says its version. */
  runs: (program: string) => boolean;
  /** Runs a command with the terminal shown, for at most `seconds`; true when it succeeded. */
  succeeds: (command: string, words: readonly string[], seconds: number) => boolean;
};

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const hint = `There is no Chromium to test with. Do one of these and try again:
  - install one:           apt-get install chromium   (or Google Chrome, or your system's own package)
  - let Playwright fetch:  npx playwright install chromium
  - name yours:            PORTOLAN_CHROMIUM=/path/to/chromium npm test`;

/** Finds a Chromium that starts: the one named, one on the PATH, or Playwright's own. Throws when the one named does not start. */
export function findChromium({ environment, downloaded, runs }: Machine): string | undefined {
  const named = environment.PORTOLAN_CHROMIUM;
  if (named && !runs(named)) throw new Error(`PORTOLAN_CHROMIUM names \`${named}\`, and that does not start.`);
  if (named) return named;
  const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, downloaded].find(runs);
}

/** Finds a Chromium, or installs one: Playwright's download, else Debian's package. Throws with what to do when neither works. */
export function installChromium(machine: Machine): string {
  const found = findChromium(machine);
  if (found) return found;
  const installers: (() => boolean)[] = [
    () => machine.succeeds('playwright', ['install', '--no-shell', 'chromium'], 300),
    () =>
      machine.isRoot &&
      machine.succeeds('apt-get', ['update', '--quiet'], 120) &&
      machine.succeeds('apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', 'chromium'], 300),
  ];
  for (const install of installers) {
    const installed = install() ? findChromium(machine) : undefined;
    if (installed) return installed;
  }
  throw new Error(hint);
}

/** The machine that this process runs on. */
export function createMachine(downloaded: string): Machine {
  const environment = {
    ...process.env,
    DEBIAN_FRONTEND: 'noninteractive',
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000',
  };
  return {
    environment,
    downloaded,
    isRoot: process.getuid?.() === 0,
    runs: (program) =>
      existsSync(program) && spawnSync(program, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0,
    succeeds: (command, words, seconds) => {
      console.log(`No Chromium yet, trying: ${command} ${words.join(' ')}`);
      return spawnSync(command, words, { env: environment, stdio: 'inherit', timeout: seconds * 1000 }).status === 0;
    },
  };
}

/** Command-line words that keep Chromium quiet: nothing it asks for leaves this machine. */
export const chromiumWords = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-gpu',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];
