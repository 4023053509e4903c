import { type Drawing, draw, markDrawing, type Picture } from './drawing.client.ts';
import type { DrawnNode } from './node-words.ts';
import { type Arrow, arrows, findStep } from './steps.ts';
import { createSvg } from './svg.client.ts';
import { createViewport, type Viewport } from './viewport.client.ts';

/** What a reader may do with a node of a picture. */
export type StageRequests = {
  centre: (id: string) => void;
  open: (id: string) => void;
  choose: () => void;
  escape: () => void;
};

/** The box with the picture: what is drawn, what is chosen of it, and how one moves about. */
export type Stage = {
  viewport: Viewport;
  picture: SVGGElement;
  show: (picture: Picture, centre: string, focus: string | undefined) => void;
  mark: (way: readonly string[]) => void;
  focus: (id: string) => void;
  has: (id: string) => boolean;
  findChosen: () => DrawnNode | undefined;
  listNodes: () => readonly DrawnNode[];
  toSize: () => { width: number; height: number };
  setBusy: (isBusy: boolean) => void;
};

/** How much larger a key draws the picture. */
const zoomStep = 1.3;
/** More edges than this are drawn faintly, until a node is chosen. */
const many = 300;

/** Takes over the box of the picture that came with the page. */
export function createStage(box: HTMLElement, requests: StageRequests): Stage {
  const picture = createSvg('g', { class: 'picture' });
  const tip = createSvg(
    'marker',
    {
      id: 'tip',
      viewBox: '0 0 8 8',
      refX: 8,
      refY: 4,
      markerWidth: 8,
      markerHeight: 8,
      markerUnits: 'userSpaceOnUse',
      orient: 'auto',
    },
    createSvg('path', { class: 'tip', d: 'M0 .5L8 4L0 7.5z' }),
  );
  const svg = createSvg('svg', { role: 'presentation' }, createSvg('defs', {}, tip), picture);
  const viewport = createViewport(box, svg);
  let shown: Picture | undefined;
  let drawing: Drawing | undefined;
  let chosen: string | undefined;
  let entrance: SVGElement | undefined;

  const findNode = (id: string | undefined) => shown?.nodes.find((node) => node.id === id);
  const findPlace = (id: string) => shown?.arrangement.nodes[shown.nodes.findIndex((node) => node.id === id)];
  const findId = (target: EventTarget | null) =>
    target instanceof Element ? target.closest<SVGElement>('[data-id]')?.dataset.id : undefined;
  /** One node at a time can be reached with Tab; arrow keys reach the others. */
  const enterBy = (id: string | undefined) => {
    entrance?.setAttribute('tabindex', '-1');
    entrance = id === undefined ? undefined : drawing?.nodes.get(id);
    entrance?.setAttribute('tabindex', '0');
  };
  const choose = (id: string | undefined) => {
    chosen = id;
    if (id !== undefined) enterBy(id);
    requests.choose();
  };
  const act = (id: string) => (findNode(id)?.state === 'fold' ? requests.open(id) : requests.centre(id));
  const focus = (id: string) => {
    drawing?.nodes.get(id)?.focus({ preventScroll: true });
    const place = findPlace(id);
    if (place) viewport.reveal(place);
  };
  const walk = (from: string, arrow: Arrow) => {
    if (!shown) return;
    const stops = shown.nodes.map(({ id }, at) => ({
      id,
      x: shown?.arrangement.nodes[at]?.x ?? 0,
      y: shown?.arrangement.nodes[at]?.y ?? 0,
    }));
    const next = findStep(stops, shown.edges, from, arrow);
    if (next !== undefined) focus(next);
  };

  box.addEventListener('focusin', ({ target }) => {
    const id = findId(target);
    if (id !== undefined && id !== chosen) choose(id);
  });
  box.addEventListener('click', (event) => {
    const id = findId(event.target);
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (id === undefined) return choose(undefined);
    drawing?.nodes.get(id)?.focus({ preventScroll: true });
    choose(id);
  });
  box.addEventListener('dblclick', ({ target }) => {
    const id = findId(target);
    if (id !== undefined) act(id);
  });
  box.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const id = findId(event.target);
    const arrow = arrows.find((each) => each === event.key);
    const keys: Record<string, () => void> = {
      '+': () => viewport.zoom(zoomStep),
      '=': () => viewport.zoom(zoomStep),
      '-': () => viewport.zoom(1 / zoomStep),
      '0': viewport.showAll,
      Escape: () => {
        choose(undefined);
        requests.escape();
      },
      ...(id !== undefined && { Enter: () => act(id), ' ': () => choose(id) }),
    };
    const press = arrow && id !== undefined ? () => walk(id, arrow) : keys[event.key];
    if (!press) return;
    event.preventDefault();
    event.stopPropagation();
    press();
  });

  return {
    viewport,
    picture,
    show: (next, centre, wish) => {
      const hadFocus = box.contains(document.activeElement) ? chosen : undefined;
      shown = next;
      drawing = draw(next);
      picture.replaceChildren(...drawing.pieces);
      picture.classList.toggle('many', next.edges.length > many);
      if (!svg.isConnected) takeOver(box, svg);
      if (!findNode(chosen)) chosen = undefined;
      const middle = listMiddle(next, wish ?? centre);
      enterBy(chosen ?? middle[0]);
      viewport.show(
        next.arrangement,
        middle.flatMap((id) => findPlace(id) ?? []),
      );
      const target = wish ?? hadFocus;
      if (target !== undefined && drawing.nodes.has(target)) focus(target);
    },
    mark: (way) => {
      if (drawing && shown) markDrawing(drawing, shown.edges, { chosen, way });
    },
    focus,
    has: (id) => findNode(id) !== undefined,
    findChosen: () => findNode(chosen),
    listNodes: () => shown?.nodes ?? [],
    toSize: () => shown?.arrangement ?? { width: 1, height: 1 },
    setBusy: (isBusy) => {
      box.setAttribute('aria-busy', String(isBusy));
    },
  };
}

/** Puts a picture in the place of the one that came with the page, which is seen until then. */
function takeOver(box: HTMLElement, svg: SVGSVGElement): void {
  box.classList.add('live');
  box.removeAttribute('tabindex');
  box.replaceChildren(svg);
  box.scrollTo(0, 0);
}

/** The nodes that are seen first: one that is wished for, or else all that the picture is about. */
function listMiddle({ nodes }: Picture, wish: string): string[] {
  const wished = nodes.filter(({ id }) => id === wish);
  const own = nodes.filter(({ state }) => state === 'self');
  return [wished, own, nodes.slice(0, 1)].find((list) => list.length > 0)?.map(({ id }) => id) ?? [];
}
