import { readdirSync, readFileSync } from 'node:fs';

/** One program at one moment: its processor seconds and its memory in bytes, with those of what it started. */
export type Share = { cpuSeconds: number; bytes: number };

type Task = {
  pid: number;
  parent: number;
  cpuSeconds: number;
  /** Those of its children that ended. */
  endedSeconds: number;
};

/** Ticks of the processor clock in a second, which Linux fixes for what it shows to programs. */
const ticks = 100;

/** Reads a line of `/proc/<pid>/stat`; the name in brackets may hold anything, so counting begins after it. */
export function findTask(line: string): Task | undefined {
  const fields = line
    .slice(line.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [, parent] = fields;
  if (parent === undefined) return undefined;
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
  const [own, ended] = [(user + system) / ticks, (endedUser + endedSystem) / ticks];
  return { pid: Number.parseInt(line, 10), parent, cpuSeconds: own, endedSeconds: ended };
}

/** Processor seconds of this process's children that ended and were waited for, theirs included; undefined off Linux. */
export function findEndedSeconds(): number | undefined {
  return findTask(findText('/proc/self/stat') ?? '')?.endedSeconds;
}

/** What a process and its descendants use now, by program: `''` the process itself, its children by name. Empty off Linux. */
export function sampleTree(root: number): Map<string, Share> {
  const tasks = listTasks();
  const children = Map.groupBy(tasks, ({ parent }) => parent);
  const programs = new Map<string, Share>();
  const rootWords = readWords(root);
  const add = (task: Task, name: string) => {
    const before = programs.get(name) ?? { cpuSeconds: 0, bytes: 0 };
    const bytes = before.bytes + readBytes(task.pid);
    // What the process itself started counts under its own name, also after its end.
    const used = task.cpuSeconds + (name === '' ? 0 : task.endedSeconds);
    programs.set(name, { cpuSeconds: before.cpuSeconds + used, bytes });
    for (const child of children.get(task.pid) ?? []) {
      const words = readWords(child.pid);
      // A process that has just begun still is its parent's twin; one that is about to end has lost its words.
      if (words !== '' && words !== rootWords) add(child, name === '' ? toName(words) : name);
    }
  };
  for (const task of tasks) if (task.pid === root) add(task, '');
  return programs;
}

function listTasks(): Task[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => findTask(findText(`/proc/${pid}/stat`) ?? '') ?? []);
}

function readBytes(pid: number): number {
  return Number(/^VmRSS:\s*(\d+)/m.exec(findText(`/proc/${pid}/status`) ?? '')?.[1] ?? 0) * 1024;
}

/** The words that a process was started with, each with a zero byte at its end. */
const readWords = (pid: number) => findText(`/proc/${pid}/cmdline`) ?? '';

/** The name of a program as people know it: of the script, where a runtime runs one. */
function toName(words: string): string {
  const all = words.split('\0');
  const named = all.find((word) => /\.[cm]?[jt]s$/.test(word)) ?? all[0] ?? '';
  return named.slice(named.lastIndexOf('/') + 1).replace(/\.[cm]?[jt]s$/, '');
}

/** A text of `/proc`; a process may have ended before it is asked. */
function findText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
