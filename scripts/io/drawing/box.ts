export type Box = { x: number; y: number; width: number; height: number };
export type Point = readonly [number, number];
/** The six numbers of an SVG transformation. */
export type Matrix = readonly [number, number, number, number, number, number];

export const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** Both transformations in one: the second is carried out first. */
export function multiply(one: Matrix, other: Matrix): Matrix {
  const [a, b, c, d, e, f] = one;
  const [g, h, i, j, k, l] = other;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

const turn = (degrees: number): Matrix => {
  const angle = (degrees * Math.PI) / 180;
  return [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0];
};

const steps: Readonly<Record<string, (n: readonly number[]) => Matrix>> = {
  translate: ([x = 0, y = 0]) => [1, 0, 0, 1, x, y],
  scale: ([x = 1, y = x]) => [x, 0, 0, y, 0, 0],
  rotate: ([angle = 0, x = 0, y = 0]) => multiply(multiply([1, 0, 0, 1, x, y], turn(angle)), [1, 0, 0, 1, -x, -y]),
  matrix: ([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]) => [a, b, c, d, e, f],
};

/** The numbers in a text. */
export function toNumbers(text: string | null): number[] {
  return (text?.match(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi) ?? []).map(Number);
}

/** Reads a `transform` attribute; what it does not know changes nothing. */
export function toMatrix(transform: string | null): Matrix {
  let matrix = identity;
  for (const [, name = '', numbers = ''] of transform?.matchAll(/(\w+)\s*\(([^)]*)\)/g) ?? [])
    matrix = multiply(matrix, steps[name]?.(toNumbers(numbers)) ?? identity);
  return matrix;
}

/** The smallest box around points, if there are any. */
export function findBox(points: readonly Point[]): Box | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  return left <= right ? { x: left, y: top, width: right - left, height: bottom - top } : undefined;
}

/** The corners of a box after a transformation. */
export function toCorners({ x, y, width, height }: Box, [a, b, c, d, e, f]: Matrix): Point[] {
  const corners = [
    [x, y],
    [x + width, y],
    [x, y + height],
    [x + width, y + height],
  ] as const;
  return corners.map(([px, py]) => [a * px + c * py + e, b * px + d * py + f]);
}
