// Draws the ladder in the page: later events are hidden, a message in flight has no arrow head, and the chosen packet is marked.
import {type Place, packetShown, type Wish} from './place.ts';
import {part, stepAt} from './run.ts';

const pane = part('ladder', HTMLElement);
const reduced = matchMedia('(prefers-reduced-motion: reduce)');

type Mark = {
  readonly element: SVGElement;
  readonly event: number;
  /** The number of the event at which a message's line ends; undefined for other elements of the ladder. */
  readonly end: number | undefined;
  readonly packet: number | undefined;
  readonly count: number;
};

const numberIn = (element: SVGElement, name: string): number | undefined => {
  const text = element.dataset[name];
  return text === undefined ? undefined : Number(text);
};

const marks: readonly Mark[] = [...pane.querySelectorAll<SVGElement>('[data-event]')].map((element) => ({
  element,
  event: numberIn(element, 'event') ?? 0,
  end: numberIn(element, 'end'),
  packet: numberIn(element, 'packet'),
  count: numberIn(element, 'count') ?? 1,
}));

const holds = ({packet, count}: Mark, id: number): boolean =>
  packet !== undefined && id >= packet && id < packet + count;

/** Lets a message's line grow while its packet is in flight. A reader who prefers less motion sees a dashed line instead. */
const fly = ({element}: Mark, ms: number): void => {
  const line = element.querySelector<SVGPathElement>('.line');
  if (!line) return;
  const length = line.getTotalLength();
  line.animate(
    [
      {strokeDasharray: `${length}`, strokeDashoffset: `${length}`},
      {strokeDasharray: `${length}`, strokeDashoffset: '0'},
    ],
    {duration: ms},
  );
};

const flightMs = (mark: Mark, place: Place): number => {
  const from = stepAt(place.step);
  let step = place.step + 1;
  while (stepAt(step).event < (mark.end ?? 0) && stepAt(step) !== stepAt(step + 1)) step++;
  return Math.max(100, stepAt(step).viewMs - from.viewMs) / place.speed;
};

/** Scrolls the ladder's pane until a mark is visible in it; the page itself does not scroll. */
const keepInSight = ({element}: Mark): void => {
  const box = element.getBoundingClientRect();
  const view = pane.getBoundingClientRect();
  if (box.height === 0 && box.width === 0) return;
  const margin = 60;
  if (box.bottom > view.bottom - margin) pane.scrollTop += box.bottom - view.bottom + margin;
  else if (box.top < view.top + margin) pane.scrollTop -= view.top + margin - box.top;
  if (box.left < view.left) pane.scrollLeft -= view.left + margin - box.left;
  else if (box.right > view.right)
    pane.scrollLeft += Math.min(box.right - view.right, box.left - view.left) + margin;
};

export const drawLadder = (place: Place, before: Place | undefined): void => {
  const cursor = stepAt(place.step).event;
  const cursorBefore = before ? stepAt(before.step).event : 0;
  const shown = packetShown(place);
  let newest: Mark | undefined;
  for (const mark of marks) {
    const {element, event, end} = mark;
    const flies = event <= cursor && end !== undefined && end > cursor;
    element.classList.toggle('ahead', event > cursor);
    element.classList.toggle('flying', flies);
    element.classList.toggle('chosen', holds(mark, shown));
    if (flies && place.playing && !reduced.matches && event > cursorBefore) fly(mark, flightMs(mark, place));
    const inLanguage = element.closest('[lang]')?.getClientRects().length !== 0;
    if (inLanguage && event <= cursor && (place.packet === undefined || holds(mark, shown)))
      newest = !newest || event >= newest.event ? mark : newest;
  }
  if (newest) keepInSight(newest);
  else pane.scrollTop = 0;
};

/** Keeps the hosts' names at the top of the pane while it scrolls. */
const holdNames = (): void => {
  for (const names of pane.querySelectorAll<SVGGElement>('.names')) {
    const scale = names.getScreenCTM()?.a ?? 1;
    names.setAttribute('transform', `translate(0 ${Math.max(0, pane.scrollTop / scale)})`);
  }
};

export const listenToLadder = (wish: (wish: Wish) => void): void => {
  pane.addEventListener('scroll', holdNames);
  pane.addEventListener('click', ({target}) => {
    const message = target instanceof Element ? target.closest<SVGElement>('[data-packet]') : null;
    const packet = message ? numberIn(message, 'packet') : undefined;
    if (packet !== undefined) wish({kind: 'choose', packet});
  });
};
