import type { DependenceType, Direction } from '../graph.ts';
import type { EntityLine, EntityLink, OutLink } from './parts.ts';

/** A node of a picture: where it stands, what it says, and where it leads. */
export type PictureNode = {
  x: number;
  y: number;
  width: number;
  height: number;
  icon: string;
  /** As much of its name as there is room for; all of it is in `name`, where that is more. */
  label: string;
  name?: string;
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
export type GraphRow = Pick<EntityLink, 'icon' | 'label' | 'path' | 'absent'> & {
  owner?: Pick<EntityLink, 'label' | 'path' | 'absent'>;
  distance: number;
  /** How the last step on the way is made. */
  type: DependenceType;
  through: string[];
};

/** How much runs from one thing to another. */
export type FlowRow = { from: EntityLink; to: EntityLink; count: number };

/** The file beside a picture. */
export type GraphFiles = { mermaid: string };

/** The page of one entity's graph: what depends on it and what it needs, or what is in it and what crosses its border. */
export type GraphPage = {
  link: EntityLink;
  kindLabel: string;
  section: string;
  /** In one sentence: what is drawn. */
  summary: string;
  picture: GraphPicture;
  rows: Record<Direction, GraphRow[]>;
  /** How many rows were left out, by direction. */
  left: Record<Direction, number>;
  flows: FlowRow[];
  files: GraphFiles;
  /** Whether anything that is more than an API depends on it. */
  hasBlast: boolean;
};

/** The page of all domains and systems, and of what runs between them. */
export type LandscapePage = {
  picture?: GraphPicture;
  flows: FlowRow[];
  leftFlows: number;
  summary: string;
  files: GraphFiles;
};

/** Something that is hit when another thing is down. */
export type BlastRow = {
  line: Omit<EntityLine, 'owner'>;
  tier?: number;
  /** By way of what, and where the first of them has its page. */
  through: string[];
  firstPath?: string;
  /** Resources that both of them use. */
  shared?: EntityLink[];
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
};

/** The small picture on an entity's own page. */
export type Neighbourhood = { picture: GraphPicture };
