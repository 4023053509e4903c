import { findPath, toDecoded, toFolder } from '#model/paths.ts';
import type { FileAddress, Forge } from '../ports.ts';
import type { Fault } from './model.ts';
import { findLine, isKeyed, type Keyed, parseValue, toKeyed } from './value.ts';

/** The file that a definition stands in, and those that it refers to, parsed, by their paths in the repository. */
export type DefinitionFiles = {
  root: string;
  values: ReadonlyMap<string, Keyed>;
  /** What identifies the content of the others. */
  hashes: readonly string[];
  faults: Fault[];
};

/** More than this is no definition that people wrote by hand: further files are named, and not read. */
const limits = { files: 100, characters: 4_000_000, depth: 20 };

/** How many faults are told of: whoever mends these sees the rest. */
const mostFaults = 20;

const reasons = {
  absent: 'there is no such file',
  outside: 'it is a link, or lies outside of the repository',
  'too-large': 'the file is too large',
  unreadable: 'it is not a readable text file',
} as const;

/** Whether a reference leads to a file beside the one that it stands in; what stands on the web is never fetched. */
const isRelative = (ref: string) => !ref.startsWith('#') && !/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(ref);

/** The path of the file that a reference leads to; undefined where it leaves the repository. */
export function findFile(from: string, ref: string): string | undefined {
  const [target = ''] = ref.split('#');
  if (target === '') return from;
  return findPath(toFolder(from), toDecoded(target));
}

/** Every reference of a value, each once; walked without recursion, so that depth does not matter. */
function listRefs(value: unknown): string[] {
  const refs = new Set<string>();
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    if (isKeyed(next) && typeof next.$ref === 'string') refs.add(next.$ref);
    for (const child of Object.values(next)) if (typeof child === 'object') waiting.push(child);
  }
  return [...refs].toSorted();
}

/** What was read so far. */
type Collected = { values: Map<string, Keyed>; hashes: string[]; faults: Fault[]; characters: number };

/** Reads the files that a definition refers to inside its own repository, and those that they refer to. */
export async function collectFiles(
  text: string,
  value: Keyed,
  { repository, path }: FileAddress,
  forge: Pick<Forge, 'fetchText'>,
): Promise<DefinitionFiles> {
  const all: Collected = { values: new Map([[path, value]]), hashes: [], faults: [], characters: text.length };
  let wave = [path];
  for (let depth = 0; wave.length > 0; depth += 1) {
    const known = new Set(all.values.keys());
    for (const from of wave)
      for (const ref of listRefs(all.values.get(from)).filter(isRelative)) {
        const file = findFile(from, ref);
        if (all.faults.length >= mostFaults || (file !== undefined && all.values.has(file))) continue;
        const fault =
          depth >= limits.depth
            ? toTooMuch(ref)
            : await addFile(file, ref, all, (at) => forge.fetchText(repository, at));
        if (fault) all.faults.push({ ...fault, line: from === path ? findLine(text, ref) : 1 });
      }
    wave = [...all.values.keys()].filter((file) => !known.has(file));
  }
  return { root: path, values: all.values, hashes: all.hashes, faults: withoutRepeats(all.faults) };
}

const toTooMuch = (ref: string) =>
  ({ code: 'definition-too-large', reason: `\`${ref}\` and more files are not read` }) as const;

/** Reads one file and adds it to the others; answers why it could not. */
async function addFile(
  file: string | undefined,
  ref: string,
  all: Collected,
  fetchText: (path: string) => ReturnType<Forge['fetchText']>,
) {
  const toMissing = (reason: string) => ({ code: 'definition-ref-missing', ref, reason }) as const;
  if (file === undefined) return toMissing('it leads out of the repository');
  if (all.values.size >= limits.files || all.characters >= limits.characters) return toTooMuch(ref);
  const fetched = await fetchText(file);
  if (fetched.fault !== undefined) return toMissing(reasons[fetched.fault]);
  const parsed = toParsed(file, fetched.text);
  if (!parsed.value) return toMissing(parsed.message ?? 'it is empty');
  all.characters += fetched.text.length;
  all.hashes.push(`${file}:${fetched.hash}`);
  all.values.set(file, parsed.value);
  return undefined;
}

function toParsed(file: string, text: string): { value?: Keyed; message?: string } {
  if (!/\.(ya?ml|json)$/i.test(file)) return { message: 'it is neither YAML nor JSON' };
  const { value, faults } = parseValue(text);
  const [fault] = faults;
  return value ? { value: toKeyed(value) } : { message: fault && 'message' in fault ? fault.message : 'it is empty' };
}

/** Once it is too much, saying it once is enough. */
function withoutRepeats(faults: readonly Fault[]): Fault[] {
  const large = faults.find(({ code }) => code === 'definition-too-large');
  const others = faults.filter(({ code }) => code !== 'definition-too-large').slice(0, mostFaults);
  return large ? [...others, large] : others;
}
