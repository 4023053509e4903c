import type { Point } from './box.ts';

type Pen = { at: Point; start: Point; control: Point; points: Point[] };

const steps = 12;

const add = ([x, y]: Point, [dx = 0, dy = 0]: readonly number[]): Point => [x + dx, y + dy];
const mirror = ([x, y]: Point, [cx, cy]: Point): Point => [2 * x - cx, 2 * y - cy];

function draw(pen: Pen, to: Point, along: (part: number) => Point): void {
  for (let step = 1; step < steps; step++) pen.points.push(along(step / steps));
  move(pen, to);
}

function move(pen: Pen, to: Point): void {
  pen.points.push(to);
  pen.at = to;
  pen.control = to;
}

function curve(pen: Pen, first: Point, second: Point, to: Point): void {
  const from = pen.at;
  const mix = (t: number, at: 0 | 1): number =>
    (1 - t) ** 3 * from[at] + 3 * (1 - t) ** 2 * t * first[at] + 3 * (1 - t) * t ** 2 * second[at] + t ** 3 * to[at];
  draw(pen, to, (t) => [mix(t, 0), mix(t, 1)]);
  pen.control = second;
}

function quadratic(pen: Pen, control: Point, to: Point): void {
  const part = (from: Point): Point => [
    from[0] + (2 / 3) * (control[0] - from[0]),
    from[1] + (2 / 3) * (control[1] - from[1]),
  ];
  curve(pen, part(pen.at), part(to), to);
  pen.control = control;
}

/** From end points to centre and angles: https://www.w3.org/TR/SVG2/implnote.html#ArcConversionEndpointToCenter */
function arc(
  pen: Pen,
  [rx0 = 0, ry0 = 0, degrees = 0, isLarge = 0, isPositive = 0]: readonly number[],
  to: Point,
): void {
  const [x1, y1] = pen.at;
  const tilt = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(tilt), Math.sin(tilt)];
  const [dx, dy] = [(x1 - to[0]) / 2, (y1 - to[1]) / 2];
  const [x, y] = [cos * dx + sin * dy, -sin * dx + cos * dy];
  const grow = Math.sqrt(Math.max(1, (x / rx0) ** 2 + (y / ry0) ** 2));
  const [rx, ry] = [Math.abs(rx0) * grow, Math.abs(ry0) * grow];
  const below = (rx * y) ** 2 + (ry * x) ** 2;
  if (!rx || !ry || !below) {
    move(pen, to);
    return;
  }
  const size = Math.sqrt(Math.max(0, (rx * ry) ** 2 / below - 1)) * (isLarge === isPositive ? -1 : 1);
  const [cx, cy] = [(size * rx * y) / ry, (-size * ry * x) / rx];
  const from = Math.atan2((y - cy) / ry, (x - cx) / rx);
  let sweep = Math.atan2((-y - cy) / ry, (-x - cx) / rx) - from;
  if (isPositive && sweep < 0) sweep += 2 * Math.PI;
  if (!isPositive && sweep > 0) sweep -= 2 * Math.PI;
  const middle: Point = [cos * cx - sin * cy + (x1 + to[0]) / 2, sin * cx + cos * cy + (y1 + to[1]) / 2];
  draw(pen, to, (part) => {
    const [u, v] = [rx * Math.cos(from + sweep * part), ry * Math.sin(from + sweep * part)];
    return [cos * u - sin * v + middle[0], sin * u + cos * v + middle[1]];
  });
}

type Command = { takes: number; run: (pen: Pen, numbers: readonly number[], origin: Point) => void };

const commands: Readonly<Record<string, Command>> = {
  M: {
    takes: 2,
    run: (pen, n, o) => {
      move(pen, add(o, n));
      pen.start = pen.at;
    },
  },
  L: { takes: 2, run: (pen, n, o) => move(pen, add(o, n)) },
  H: { takes: 1, run: (pen, [x = 0], o) => move(pen, [o[0] + x, pen.at[1]]) },
  V: { takes: 1, run: (pen, [y = 0], o) => move(pen, [pen.at[0], o[1] + y]) },
  C: { takes: 6, run: (pen, n, o) => curve(pen, add(o, n), add(o, n.slice(2)), add(o, n.slice(4))) },
  S: { takes: 4, run: (pen, n, o) => curve(pen, mirror(pen.at, pen.control), add(o, n), add(o, n.slice(2))) },
  Q: { takes: 4, run: (pen, n, o) => quadratic(pen, add(o, n), add(o, n.slice(2))) },
  T: { takes: 2, run: (pen, n, o) => quadratic(pen, mirror(pen.at, pen.control), add(o, n)) },
  A: { takes: 7, run: (pen, n, o) => arc(pen, n, add(o, n.slice(5))) },
  Z: { takes: 0, run: (pen) => move(pen, pen.start) },
};

const token = /([a-df-z])|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;

/** Points along a path, close enough to measure it. */
export function toPathPoints(path: string | null): Point[] {
  const pen: Pen = { at: [0, 0], start: [0, 0], control: [0, 0], points: [] };
  let letter = '';
  let numbers: number[] = [];
  for (const [text, name] of path?.matchAll(token) ?? []) {
    if (name) [letter, numbers] = [name, []];
    else numbers.push(Number(text));
    const command = commands[letter.toUpperCase()];
    if (!command || numbers.length < command.takes || (!name && command.takes === 0)) continue;
    command.run(pen, numbers, letter === letter.toLowerCase() ? pen.at : [0, 0]);
    numbers = [];
    if (letter === 'M') letter = 'L';
    if (letter === 'm') letter = 'l';
  }
  return pen.points;
}

/** How long a line through points is. */
export function toLength(points: readonly Point[]): number {
  return points.reduce((sum, [x, y], at) => {
    const [fromX, fromY] = points[at - 1] ?? [x, y];
    return sum + Math.hypot(x - fromX, y - fromY);
  }, 0);
}
