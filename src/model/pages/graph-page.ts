import type { DependenceType, Direction } from '../graph.ts';
import type { EntityLine, EntityLink, OutLink } from './parts.ts';

/** A node of a picture: where it stands, what it says, and where it leads. */
export type PictureNode = {
  x: number;
  y: number;
  width: number;
  height: number;
  icon: string;
  /** As much of its name as there is room for, and all of it. */
  label: string;
  name: string;
  /** A second, quieter line: what it is and whose, or why it has no page. */
  note: string;
  path?: string;
  /** The entity that the page is about; one that has no page; or several that are drawn as one. */
  state?: 'self' | 'absent' | 'fold';
};

/** An edge of a picture, from the one that needs to the one that is needed. */
export type PictureEdge = {
  d: string;
  /** How many dependences it stands for, where it stands for more than one. */
  label?: { x: number; y: number; text: string };
  /** How thick it is, where edges differ. */
  weight?: 1 | 2 | 3 | 4;
};

/** A frame around nodes that belong together. */
export type PictureBox = { x: number; y: number; width: number; height: number; label: string; path?: string };

/** A graph as it is drawn: everything has its place already. */
export type GraphPicture = {
  width: number;
  height: number;
  boxes: PictureBox[];
  nodes: PictureNode[];
  edges: PictureEdge[];
};

/** A row of the table beside a picture: what it is, how far away, and by way of what. */
export type GraphRow = {
  line: EntityLine;
  direction: Direction;
  distance: number;
  /** How the last step on the way is made. */
  type?: DependenceType;
  through: EntityLink[];
};

/** How much runs from one thing to another. */
export type FlowRow = { from: EntityLink; to: EntityLink; count: number };

/** The files beside a picture. */
export type GraphFiles = { mermaid: string; json?: string };

/** The page of one entity's graph: what depends on it and what it needs, or what is in it and what crosses its border. */
export type GraphPage = {
  link: EntityLink;
  kindLabel: string;
  section: string;
  /** In one sentence: what is drawn. */
  summary: string;
  picture: GraphPicture;
  rows: GraphRow[];
  /** How many rows were left out, by direction. */
  left: Record<Direction, number>;
  flows: FlowRow[];
  files: GraphFiles;
  /** The blast radius as files; absent where nothing depends on it. */
  exports?: BlastExports;
};

/** The page of all domains and systems, and of what runs between them. */
export type LandscapePage = {
  picture?: GraphPicture;
  flows: FlowRow[];
  leftFlows: number;
  summary: string;
  files: GraphFiles;
};

export type BlastExports = Record<'csv' | 'json' | 'markdown', string>;

/** Something that is hit when another thing is down. */
export type BlastRow = {
  line: EntityLine;
  tier?: number;
  /** How many steps away, where an API between two things is no step of its own. */
  distance: number;
  through: EntityLink[];
  /** Resources that both of them use. */
  shared: EntityLink[];
};

/** One team that is hit, whom to tell, and what of theirs is hit. */
export type BlastTeam = { owner?: EntityLink; contacts: OutLink[]; count: number; rows: BlastRow[] };

/** Who is hit if a thing is down, directly and through others. */
export type BlastRadius = {
  /** How many things, how many of them directly, how many teams own them, and how many are of each tier. */
  total: number;
  direct: number;
  teams: number;
  tiers: { tier: number; count: number }[];
  /** APIs that fail with it. */
  apis: { count: number; links: EntityLink[] };
  /** The teams with the rows that there is room for, nearest things first. */
  byTeam: BlastTeam[];
  /** How many things have no row. */
  left: number;
  exports: BlastExports;
};

/** The small picture on an entity's own page. */
export type Neighbourhood = { picture: GraphPicture; path?: string; files?: GraphFiles };
