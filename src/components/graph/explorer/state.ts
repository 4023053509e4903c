import { type DependenceType, dependenceTypes } from '#model/graph.ts';
import type { RefText } from '#model/ref.ts';

/** Which sides of the centre are drawn, by their words in an address. */
export const sides = ['both', 'needs', 'dependents'] as const;
export type Side = (typeof sides)[number];

/** What nodes can be coloured by. */
export const colourings = ['none', 'kind', 'owner', 'lifecycle', 'system'] as const;
export type Colouring = (typeof colourings)[number];

/** How many steps from the centre are drawn; as many as can be read where nothing is said. */
export const depths = [1, 2, 3, 4, 5, 6, 'all'] as const;
export type Depth = (typeof depths)[number];

/** What a reader has chosen to see of a graph. */
export type ExplorerState = {
  centre: RefText;
  depth?: Depth;
  side: Side;
  hiddenKinds: readonly string[];
  hiddenTypes: readonly DependenceType[];
  colouring: Colouring;
  /** The end of the way from the centre that is pointed out. */
  to?: RefText;
  /** The folds that are open, by what they are of; `*` is all of them. */
  open: readonly string[];
};

const refForm = /^[^\s:/]{1,80}:[^\s:/]{1,80}\/[^\s/]{1,200}$/u;
const kindForm = /^[a-z0-9-]{1,80}$/;
const most = 200;

const listWords = (text: string | null, isAllowed: (word: string) => boolean): string[] =>
  [...new Set((text ?? '').split(',').filter(isAllowed))].slice(0, most).toSorted();

const isRef = (text: string) => refForm.test(text);
const isFold = (text: string) => text === '*' || text === 'others' || isRef(text);

/** Reads what an address says; whatever in it has no meaning is passed over. */
export function toState(query: URLSearchParams, root: RefText): ExplorerState {
  const find = <Word extends string | number>(words: readonly Word[], name: string) =>
    words.find((word) => String(word) === query.get(name));
  const [centre, to, depth] = [query.get('centre') ?? '', query.get('to') ?? '', find(depths, 'depth')];
  return {
    centre: isRef(centre) ? centre : root,
    side: find(sides, 'show') ?? 'both',
    hiddenKinds: listWords(query.get('hide'), (word) => kindForm.test(word)),
    hiddenTypes: dependenceTypes.filter((type) => query.get('without')?.split(',').includes(type)),
    colouring: find(colourings, 'colour') ?? 'none',
    open: listWords(query.get('open'), isFold),
    ...(depth !== undefined && { depth }),
    ...(isRef(to) && { to }),
  };
}

/** What an address says of a state: nothing of what goes without saying; what it says of other things stays. */
export function toQuery(state: ExplorerState, root: RefText, others = new URLSearchParams()): URLSearchParams {
  const said = {
    centre: state.centre === root ? '' : state.centre,
    depth: String(state.depth ?? ''),
    show: state.side === 'both' ? '' : state.side,
    hide: state.hiddenKinds.toSorted().join(','),
    without: state.hiddenTypes.join(','),
    colour: state.colouring === 'none' ? '' : state.colouring,
    to: state.to ?? '',
    open: state.open.toSorted().join(','),
  };
  const query = new URLSearchParams(others);
  for (const [name, text] of Object.entries(said)) {
    query.delete(name);
    if (text !== '') query.append(name, text);
  }
  return query;
}
