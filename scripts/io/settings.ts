import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Problem, toProblem } from '#model/problems.ts';
import type { ProxyConfiguration } from '../settings/proxy.ts';
import type { SignInConfiguration } from '../settings/sign-in.ts';
import {
  type ConfigurationFile,
  parseProxyConfiguration,
  parseSettings,
  parseSignIn,
  type Settings,
} from '../settings.ts';

/** Read when no configuration is named: the second one is where people keep what is theirs alone. */
const defaultConfigs = ['app-config.yaml', 'app-config.local.yaml'];

const maxBytes = 5 * 1024 * 1024;

/** Reads the configuration files, each laid over the one before; paths in problems are as they were given. */
export function loadSettings(
  root: string,
  configs: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): { value: Settings; problems: Problem[] } {
  return load(root, configs, (files, readFile) => parseSettings(files, environment, readFile));
}

/** Reads the same files for what they tell the proxy; the digest is another one when any of them, or a file they name, is. */
export function loadProxyConfiguration(
  root: string,
  configs: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Parsed<ProxyConfiguration> & { digest: string } {
  const digest = createHash('sha256');
  const parsed = load(root, configs, (files, readFile) => {
    for (const { path, text } of files) digest.update(`${path}\n${text}\n`);
    const readAndRemember = (path: string) => {
      const text = readFile(path);
      digest.update(`${path}\n${text}\n`);
      return text;
    };
    return parseProxyConfiguration(files, environment, readAndRemember);
  });
  return { ...parsed, digest: digest.digest('hex') };
}

/** Reads the same files for how people sign in to a site at a base. */
export function loadSignIn(
  root: string,
  configs: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  base: string,
): Parsed<SignInConfiguration> {
  return load(root, configs, (files, readFile) => parseSignIn(files, environment, readFile, base));
}

type ReadText = (path: string) => string | undefined;
type Parsed<Value> = { value: Value; problems: Problem[] };

function load<Value>(
  root: string,
  configs: readonly string[],
  parse: (files: ConfigurationFile[], readFile: ReadText) => Parsed<Value>,
): Parsed<Value> {
  const readFile = (path: string) => readText(resolve(root, path));
  const named = configs.length > 0 ? configs : defaultConfigs.filter((path) => existsSync(resolve(root, path)));
  const missing: Problem[] = [];
  const files: ConfigurationFile[] = [];
  for (const path of named.length > 0 ? named : defaultConfigs.slice(0, 1)) {
    const text = readFile(path);
    if (text === undefined) missing.push(toProblem('configuration-missing', { path }));
    else files.push({ path, text });
  }
  const { value, problems } = parse(files, readFile);
  return { value, problems: [...missing, ...problems] };
}

function readText(path: string): string | undefined {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= maxBytes ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
