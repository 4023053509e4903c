/** A thing to place: how large it is, and in which column it stands, counted from the left. */
export type LayoutNode = { id: string; width: number; height: number; rank: number };

/** Who needs whom; the one that needs goes left. `leaves` and `arrives` move the ends up or down from the middle. */
export type LayoutEdge = { from: string; to: string; leaves?: number; arrives?: number };

export type Point = { x: number; y: number };

/** Where everything stands: the left upper corner of each node, and the way of each edge as the `d` of a path. */
export type Layout = { width: number; height: number; places: ReadonlyMap<string, Point>; paths: EdgePath[] };

/** The way of an edge, and a point on it where a few letters can stand. */
export type EdgePath = { d: string; middle: Point };

/** Something that takes room in a column: a node, or an edge on its way past it. */
export type Slot = { key: string; height: number; node?: LayoutNode };

/** The columns of a drawing from left to right, what is next to each other in them, and which slots an edge visits. */
export type Columns = { columns: Slot[][]; links: [string, string][]; routes: string[][] };
