/** A test whether a text begins with what a pattern describes. */
export type Pattern = { test(text: string): boolean };

type Accepts = (char: string) => boolean;
type Step =
  | { kind: 'char'; accepts: Accepts }
  | { kind: 'fork'; to: readonly number[] }
  | { kind: 'start' | 'end' | 'found' };

const largest = 2_000;
const deepest = 20;

/**
 * Reads a regular expression that somebody else wrote. The test takes time in proportion to the text, whatever the
 * pattern; what would need more (references back, looking around) is not understood, and gives nothing.
 */
export function parsePattern(source: string): Pattern | undefined {
  const [, flag, body = ''] = /^(\(\?i\))?(.*)$/s.exec(source) ?? [];
  if (body.length > largest) return undefined;
  const steps = new Reader(body, flag !== undefined).read();
  return steps && { test: (text) => run(steps, text) };
}

/** Follows all ways through the steps at once, a character at a time. */
function run(steps: readonly Step[], text: string): boolean {
  const marks = new Int32Array(steps.length).fill(-1);
  let now = reach(steps, [0], 0, text, marks);
  for (let at = 0; ; at++) {
    if (now.isFound) return true;
    const char = text[at];
    if (char === undefined || now.at.length === 0) return false;
    const next = now.at.flatMap((index) => {
      const step = steps[index];
      return step?.kind === 'char' && step.accepts(char) ? [index + 1] : [];
    });
    now = reach(steps, next, at + 1, text, marks);
  }
}

/** The steps that wait for a character once everything that needs none is done. */
function reach(steps: readonly Step[], from: readonly number[], position: number, text: string, marks: Int32Array) {
  const at: number[] = [];
  let isFound = false;
  const open = [...from];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (marks[index] === position) continue;
    marks[index] = position;
    const step = steps[index];
    if (step?.kind === 'found') isFound = true;
    else if (step?.kind === 'char') at.push(index);
    else if (step?.kind === 'fork') open.push(...step.to.map((way) => index + way));
    else if (step && position === (step.kind === 'start' ? 0 : text.length)) open.push(index + 1);
  }
  return { at, isFound };
}

const word: Accepts = (char) => /\w/.test(char);
const digit: Accepts = (char) => /\d/.test(char);
const space: Accepts = (char) => /\s/.test(char);
const not =
  (accepts: Accepts): Accepts =>
  (char) =>
    !accepts(char);
const shorthands: Readonly<Record<string, Accepts>> = {
  w: word,
  d: digit,
  s: space,
  W: not(word),
  D: not(digit),
  S: not(space),
};

/** Turns the text of a pattern into steps; the jumps of a fork are counted from the fork on. */
class Reader {
  private at = 0;
  private failed = false;
  private readonly source: string;
  private readonly isLoose: boolean;

  constructor(source: string, isLoose: boolean) {
    this.source = source;
    this.isLoose = isLoose;
  }

  read(): Step[] | undefined {
    const steps = this.readChoice(0);
    if (this.failed || this.at < this.source.length || steps.length > largest) return undefined;
    return [...steps, { kind: 'found' }];
  }

  private fail(): Step[] {
    this.failed = true;
    return [];
  }

  private take(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private readChoice(depth: number): Step[] {
    if (depth > deepest) return this.fail();
    let steps = this.readRow(depth);
    while (!this.failed && this.take('|')) {
      const other = this.readRow(depth);
      steps = [
        { kind: 'fork', to: [1, steps.length + 2] },
        ...steps,
        { kind: 'fork', to: [other.length + 1] },
        ...other,
      ];
    }
    return steps;
  }

  private readRow(depth: number): Step[] {
    const steps: Step[] = [];
    while (!this.failed && this.at < this.source.length && !/[|)]/.test(this.source[this.at] ?? '')) {
      steps.push(...this.readRepeated(depth));
      if (steps.length > largest) return this.fail();
    }
    return steps;
  }

  private readRepeated(depth: number): Step[] {
    let steps = this.readOne(depth);
    for (let count = 0; !this.failed; count++) {
      const [all, mark, least, comma, most] =
        /^(?:([*+?])|\{(\d*)(,?)(\d*)\})\??/.exec(this.source.slice(this.at)) ?? [];
      if (all === undefined || (mark === undefined && `${least}${most}` === '')) return steps;
      if (count > 2) return this.fail();
      this.at += all.length;
      const from = mark ? Number(mark === '+') : Number(least);
      const to = mark ? (mark === '?' ? 1 : undefined) : comma ? (most ? Number(most) : undefined) : from;
      steps = this.repeat(steps, from, to);
    }
    return steps;
  }

  private repeat(steps: readonly Step[], from: number, to: number | undefined): Step[] {
    const times = Math.max(from, to ?? from + 1);
    if ((times + 1) * (steps.length + 2) > largest) return this.fail();
    const needed = Array.from({ length: from }, () => steps).flat();
    if (to === undefined)
      return [
        ...needed,
        { kind: 'fork', to: [1, steps.length + 2] },
        ...steps,
        { kind: 'fork', to: [-steps.length - 1] },
      ];
    const left = (to - from) * (steps.length + 1);
    const more = Array.from({ length: Math.max(to - from, 0) }, (_, done): Step[] => [
      { kind: 'fork', to: [1, left - done * (steps.length + 1)] },
      ...steps,
    ]);
    return [...needed, ...more.flat()];
  }

  private readOne(depth: number): Step[] {
    if (this.take('(')) {
      if (this.take('?') && !this.take(':') && !/^P<\w+>/.test(this.source.slice(this.at))) return this.fail();
      this.at += /^P<\w+>/.exec(this.source.slice(this.at))?.[0].length ?? 0;
      const steps = this.readChoice(depth + 1);
      return this.take(')') ? steps : this.fail();
    }
    if (this.take('[')) return this.readClass();
    const char = this.source[this.at++] ?? '';
    if (char === '^') return [{ kind: 'start' }];
    if (char === '$') return [{ kind: 'end' }];
    if (char === '.') return [{ kind: 'char', accepts: (each) => each !== '\n' }];
    if (char === '\\') return this.readEscape();
    return /[*+?]/.test(char) ? this.fail() : [this.toLiteral(char)];
  }

  private readEscape(): Step[] {
    const char = this.source[this.at++] ?? '';
    const accepts = shorthands[char];
    if (accepts) return [{ kind: 'char', accepts }];
    if (char === 'A') return [{ kind: 'start' }];
    if (char === 'Z') return [{ kind: 'end' }];
    return /^[^\w]$/s.test(char) ? [this.toLiteral(char)] : this.fail();
  }

  private toLiteral(literal: string): Step {
    const lower = literal.toLowerCase();
    const accepts: Accepts = this.isLoose ? (char) => char.toLowerCase() === lower : (char) => char === literal;
    return { kind: 'char', accepts };
  }

  private readClass(): Step[] {
    const isNegated = this.take('^');
    const parts: Accepts[] = [];
    for (let first = true; first || this.source[this.at] !== ']'; first = false) {
      const low = this.readMember();
      if (low === undefined || this.at >= this.source.length) return this.fail();
      const isRange = this.source[this.at] === '-' && this.source[this.at + 1] !== ']';
      if (!isRange || typeof low !== 'string')
        parts.push(typeof low === 'string' ? toRange(low, low, this.isLoose) : low);
      else {
        this.at++;
        const high = this.readMember();
        if (typeof high !== 'string') return this.fail();
        parts.push(toRange(low, high, this.isLoose));
      }
    }
    this.at++;
    return [{ kind: 'char', accepts: (char) => parts.some((accepts) => accepts(char)) !== isNegated }];
  }

  private readMember(): string | Accepts | undefined {
    const char = this.source[this.at++];
    if (char !== '\\') return char;
    const escaped = this.source[this.at++] ?? '';
    return shorthands[escaped] ?? (/^[^\w]$/s.test(escaped) ? escaped : undefined);
  }
}

function toRange(low: string, high: string, isLoose: boolean): Accepts {
  const isIn: Accepts = (char) => char >= low && char <= high;
  return isLoose ? (char) => isIn(char.toLowerCase()) || isIn(char.toUpperCase()) : isIn;
}
