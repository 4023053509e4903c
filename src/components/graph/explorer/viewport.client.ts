/** Which part of a picture is seen: how far it is moved, and how large it is drawn. */
type View = { x: number; y: number; scale: number };

const smallest = 0.04;
const largest = 2.5;
/** Below this names cannot be read, so they are not drawn. */
const readable = 0.42;
/** A picture is not drawn smaller than this unless a reader wants it. */
const atRest = 0.7;
/** How large a part of a picture is drawn that is too large to be seen whole. */
const inPart = 0.85;
const margin = 16;
/** A pointer that moves less than this presses. */
const slack = 4;

type Box = { x: number; y: number; width: number; height: number };

/** A box in which a picture can be moved and drawn larger and smaller. */
export type Viewport = {
  /** Shows another picture; at rest it is seen whole if that can be read, or else around some boxes. */
  show: (size: { width: number; height: number }, around: readonly Box[]) => void;
  zoom: (factor: number) => void;
  showAll: () => void;
  pan: (x: number, y: number) => void;
  /** Moves the picture as little as brings a box into sight. */
  reveal: (box: Box) => void;
};

/** Lets a stage's picture be moved by pointer and wheel. */
export function createViewport(stage: HTMLElement, picture: SVGSVGElement): Viewport {
  let view: View = { x: 0, y: 0, scale: 1 };
  let size = { width: 1, height: 1 };
  let room = { width: stage.clientWidth, height: stage.clientHeight };
  let isAsked = false;
  let drawn = 0;
  /** Moving is left to the compositor, which paints nothing anew; another size is. */
  const draw = () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      picture.style.transform = `translate(${view.x.toFixed(1)}px, ${view.y.toFixed(1)}px)`;
      if (drawn === view.scale) return;
      drawn = view.scale;
      picture.setAttribute('width', (size.width * drawn).toFixed(1));
      picture.setAttribute('height', (size.height * drawn).toFixed(1));
      picture.classList.toggle('far', drawn < readable);
    });
  };
  /** Some of the picture is always in sight. */
  const move = (x: number, y: number, scale = view.scale) => {
    const keep = 60;
    view = {
      scale,
      x: Math.min(room.width - keep, Math.max(keep - size.width * scale, x)),
      y: Math.min(room.height - keep, Math.max(keep - size.height * scale, y)),
    };
    draw();
  };
  const zoomAt = (factor: number, x: number, y: number) => {
    const scale = Math.min(largest, Math.max(smallest, view.scale * factor));
    const share = scale / view.scale;
    move(x - (x - view.x) * share, y - (y - view.y) * share, scale);
  };
  const toWholeScale = () =>
    Math.max(smallest, Math.min(1, (room.width - 2 * margin) / size.width, (room.height - 2 * margin) / size.height));
  const centre = (scale: number, { x, y, width, height }: Box) =>
    move(room.width / 2 - (x + width / 2) * scale, room.height / 2 - (y + height / 2) * scale, scale);
  const showAll = () => centre(toWholeScale(), { x: 0, y: 0, ...size });
  const pan = (x: number, y: number) => move(view.x + x, view.y + y);
  new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = stage;
    const [x, y] = [(width - room.width) / 2, (height - room.height) / 2];
    room = { width, height };
    pan(x, y);
  }).observe(stage);
  attachPointers(stage, pan, zoomAt);
  stage.addEventListener(
    'wheel',
    (event) => {
      const isFull = document.fullscreenElement?.contains(stage) ?? false;
      if (!event.ctrlKey && !event.metaKey && !isFull) return;
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      if (!event.ctrlKey && !event.metaKey) return pan(-event.deltaX * lines, -event.deltaY * lines);
      const { left, top } = stage.getBoundingClientRect();
      zoomAt(
        Math.exp(-Math.max(-60, Math.min(60, event.deltaY * lines)) * 0.006),
        event.clientX - left,
        event.clientY - top,
      );
    },
    { passive: false },
  );
  return {
    show: (next, around) => {
      size = next;
      drawn = 0;
      picture.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`);
      if (toWholeScale() >= atRest || around.length === 0) return showAll();
      const scale = inPart;
      centre(scale, toBounds(around));
      move(toFilled(view.x, size.width * scale, room.width), toFilled(view.y, size.height * scale, room.height));
    },
    zoom: (factor) => zoomAt(factor, room.width / 2, room.height / 2),
    showAll,
    pan,
    reveal: ({ x, y, width, height }) => {
      const [left, top] = [view.x + x * view.scale, view.y + y * view.scale];
      const [right, bottom] = [left + width * view.scale, top + height * view.scale];
      const toShift = (from: number, to: number, end: number) =>
        from < margin ? margin - from : to > end - margin ? end - margin - to : 0;
      pan(toShift(left, right, room.width), toShift(top, bottom, room.height));
    },
  };
}

function toBounds(boxes: readonly Box[]): Box {
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** Where a picture begins so that no room is left empty on one side of it. */
function toFilled(start: number, length: number, room: number): number {
  if (length + 2 * margin <= room) return (room - length) / 2;
  return Math.min(margin, Math.max(room - margin - length, start));
}

/** One pointer moves the picture, two draw it larger or smaller. */
function attachPointers(
  stage: HTMLElement,
  pan: (x: number, y: number) => void,
  zoomAt: (factor: number, x: number, y: number) => void,
): void {
  const pointers = new Map<number, { x: number; y: number }>();
  let moved = 0;
  const stop = ({ pointerId }: PointerEvent) => {
    pointers.delete(pointerId);
    if (pointers.size === 0) stage.classList.remove('moving');
  };
  stage.addEventListener('dragstart', (event) => event.preventDefault());
  stage.addEventListener('pointerdown', ({ button, pointerId, clientX, clientY }) => {
    if (button !== 0) return;
    if (pointers.size === 0) moved = 0;
    pointers.set(pointerId, { x: clientX, y: clientY });
  });
  stage.addEventListener('pointermove', (event) => {
    const { pointerId, clientX: x, clientY: y } = event;
    const last = pointers.get(pointerId);
    if (!last) return;
    if (event.buttons === 0) return stop(event);
    moved += Math.abs(x - last.x) + Math.abs(y - last.y);
    pointers.set(pointerId, { x, y });
    if (moved < slack) return;
    if (!stage.hasPointerCapture(pointerId)) stage.setPointerCapture(pointerId);
    stage.classList.add('moving');
    const other = [...pointers].find(([id]) => id !== pointerId)?.[1];
    if (!other) return pan(x - last.x, y - last.y);
    const { left, top } = stage.getBoundingClientRect();
    const before = Math.hypot(last.x - other.x, last.y - other.y);
    if (before > 0)
      zoomAt(Math.hypot(x - other.x, y - other.y) / before, (x + other.x) / 2 - left, (y + other.y) / 2 - top);
    pan((x - last.x) / 2, (y - last.y) / 2);
  });
  stage.addEventListener('pointerup', stop);
  stage.addEventListener('pointercancel', stop);
  // What ends a movement is no click on what happens to lie there.
  stage.addEventListener(
    'click',
    (event) => {
      if (moved < slack) return;
      moved = 0;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
}
