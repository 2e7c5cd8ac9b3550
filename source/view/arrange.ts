// Which panel stands where: the reader's wishes first, then the lesson's, then what every run has.
import {
  layoutOf,
  leastSize,
  type Place,
  type Region,
  type Size,
  type Slot,
  type Spread,
  usualSpread,
} from './layout.ts';
import type {Focusable, Panel} from './panel.ts';
import {focusables} from './panels/fixed.ts';
import {panels, panelsByName} from './panels/registry.ts';
import {isMany, isYetToCome, type View} from './view.ts';

export type Placed = {readonly panel: Panel; readonly region: Region};

export type Arrangement = {
  /** Beside the ladder and below the narration, in the order of the focus. */
  readonly placed: readonly Placed[];
  /** Has the focus and no place beside the ladder: it stands in the ladder's. */
  readonly instead: Panel | undefined;
  /** Which of the plans leaves room for the panels. */
  readonly spread: Spread;
};

const everyRun: readonly string[] = ['endpoints', 'list'];

/** What is shown where neither reader nor lesson says more. */
const usual = (view: View): readonly string[] => [
  ...panels.flatMap(({name, leads}) => (leads?.(view) ? [name] : [])),
  ...everyRun,
];

const failing = (view: View): readonly string[] =>
  panels.flatMap(({name, fails}) => (fails?.(view) ? [name] : []));

/** Panels that the lesson is played with; what only shows a value of a beat is not among them. */
const playedWith = ({input: {beats}}: View): readonly string[] =>
  beats.flatMap(({panels: named}) => named ?? []);

/** What the beats name, in their order: panels themselves, or values that panels show. One choice for the whole run. */
const namedByLesson = ({input: {beats, track}}: View): readonly string[] =>
  beats.flatMap(({panels: named, show}) =>
    named
      ? named
      : show.flatMap((value) =>
          panels.flatMap(({name, shows, shownIn = track}) =>
            shows?.test(value) && shownIn === track ? [name] : [],
          ),
        ),
  );

const available = (view: View, names: readonly string[]): Panel[] =>
  [...new Set(names)].flatMap((name) => {
    const panel = panelsByName.get(name);
    return panel?.isAvailable(view) ? [panel] : [];
  });

/** A panel that the lesson shows later leaves its place to what every run has. */
const hasCome = (view: View): ((panel: Panel) => boolean) => {
  const {focus, opened} = view.input.playback;
  // A lesson that keeps the screen small shows what it names, and nothing that it never speaks of.
  const waits = view.input.shows !== undefined && !view.input.playback.allValues;
  const known = [focus, ...opened, ...everyRun, ...namedByLesson(view)];
  return ({name, isUnmet}) => {
    if (name === focus || opened.includes(name)) return true;
    return !isUnmet?.(view) && (!waits || (known.includes(name) && !isYetToCome(view, name)));
  };
};

const fits = ({least}: Panel, {columns, rows}: Region): boolean =>
  columns >= least.columns && rows >= least.rows;

const slotOf = (panel: Panel, slots: readonly Slot[], taken: ReadonlySet<Slot>): Slot | undefined => {
  const free = (place: Place) =>
    slots.find((slot) => slot.place === place && !taken.has(slot) && fits(panel, slot.region));
  return panel.places.map(free).find((slot) => slot !== undefined);
};

/** Alone below the narration a panel has the room of two. */
const widened = (placed: readonly Placed[], slots: readonly Slot[]): readonly Placed[] => {
  const [first, second] = slots.flatMap((slot) => (slot.place === 'lower' ? [slot.region] : []));
  const below = placed.filter(({region}) => region === first || region === second);
  if (!first || !second || below.length !== 1) return placed;
  const region = {...first, columns: second.column + second.columns - first.column};
  return placed.map((each) => (each === below[0] ? {...each, region} : each));
};

const place = (wanted: readonly Panel[], slots: readonly Slot[]): readonly Placed[] => {
  const taken = new Map<Slot, Panel>();
  for (const panel of wanted) {
    const slot = slotOf(panel, slots, new Set(taken.keys()));
    if (slot) taken.set(slot, panel);
  }
  const placed = slots.flatMap((slot) => {
    const panel = taken.get(slot);
    return panel ? [{panel, region: slot.region}] : [];
  });
  return widened(placed, slots);
};

/** Rows of a usual panel below the narration. */
const usualLower = 6;

/**
 * The lesson's first panel for the place below the narration is a high one. Three and more hosts have rows to spare: one for each packet.
 * Whether there is anything in it yet plays no part, so that nothing moves.
 */
const wantsTall = (view: View): boolean => {
  const named = isMany(view) ? namedByLesson(view).map((name) => panelsByName.get(name)) : [];
  const first = named.find((panel) => panel?.places[0] === 'lower');
  return first !== undefined && first.least.rows > usualLower;
};

/** Of the panels that the lesson is played with: the first one that finds no place below the narration, and none has asked for the side. */
const crowdedOut = (view: View, slots: readonly Slot[]): Panel | undefined => {
  const own = available(view, playedWith(view));
  if (own.some(({places}) => places[0] === 'side')) return undefined;
  const below = slots.filter(({place: where}) => where === 'lower').length;
  const next = own.filter(({places}) => places[0] === 'lower')[below];
  return next?.places.includes('side') ? next : undefined;
};

/** Beside the ladder there is room for one panel, and not for two. */
export const hasOneSide = (slots: readonly Slot[]): boolean =>
  slots.filter(({place: where}) => where === 'side').length === 1;

/** With the focus it takes the ladder's place, whatever stands beside it. */
export const spreads = ({covers}: Panel): boolean => covers === 'picture' || covers === 'spread';

export const isTooSmall = ({columns, rows}: Size): boolean =>
  columns < leastSize.columns || rows < leastSize.rows;

/** Of a capture nothing is told beside the picture, unless questions are on. */
const isUntold = ({input: {trace, beats}}: View): boolean =>
  trace.header.profile === 'capture' && beats.length === 0;

export const arrange = (view: View, size: Size): Arrangement => {
  const {focus, opened, alone} = view.input.playback;
  const untold = isUntold(view);
  if (isTooSmall(size)) return {placed: [], instead: undefined, spread: {...usualSpread, alone, untold}};
  const [focused] = available(view, [focus]);
  const tall = wantsTall(view);
  const usualPlan: Spread = {...usualSpread, tall, alone, untold};
  const narrow = layoutOf(size, view.language, usualPlan).slots;
  // Whether a panel has anything to show may take the reading of a whole run: where there is no place for any, none is asked.
  if (narrow.length === 0) return {placed: [], instead: focused, spread: usualPlan};
  const all = available(view, [focus, ...opened, ...failing(view), ...namedByLesson(view), ...usual(view)]);
  const spread = focused && spreads(focused) ? focused : undefined;
  const wanted = all.filter((panel) => panel !== spread);
  // What decides the plan decides it from the start: a panel that comes later moves nothing but what has its place.
  const come = wanted.filter(hasCome(view));
  // The first that wants to stand at the side decides how much of the screen the side gets.
  const crowded = crowdedOut(view, narrow);
  const first = crowded ?? wanted.find(({places}) => places[0] === 'side');
  const sides = narrow.filter(({place: where}) => where === 'side');
  const free = crowded === undefined ? narrow : sides;
  const wide = first !== undefined && slotOf(first, free, new Set()) === undefined;
  const placedIn = (plan: Spread): readonly Placed[] => {
    const {slots} = layoutOf(size, view.language, plan);
    const besideAll = spread && hasOneSide(slots);
    return place(come, besideAll ? slots.filter(({place: where}) => where !== 'side') : slots);
  };
  const planned = {...usualPlan, wide};
  const placed = placedIn(planned);
  const instead = placed.some(({panel}) => panel === focused) ? undefined : focused;
  const below = narrow.filter(({place: where}) => where === 'lower');
  const isBelow = ({region}: Placed): boolean => below.some((slot) => slot.region.row === region.row);
  // Where one panel at most has room below, what has the ladder's place gets its rows, and the ladder what that leaves.
  const low =
    below.length > 0 &&
    (instead === undefined ? !placed.some(isBelow) : below.length === 1 || !placed.some(isBelow));
  const across = instead === undefined && placed.every(isBelow);
  if (!low && !across) return {placed, instead, spread: planned};
  const settled = {...planned, low, across};
  return {placed: across && low ? [] : placedIn(settled), instead, spread: settled};
};

/** The ring of `tab`, and the order of the numbers: it does not depend on what is on the screen. */
export const focusRing = (view: View, size: Size): readonly Focusable[] => {
  const names = [
    ...playedWith(view),
    ...usual(view),
    ...panels.flatMap(({name, calledUp}) => (calledUp ? [] : [name])),
  ];
  return isTooSmall(size)
    ? focusables.first
    : [...focusables.first, ...available(view, names), ...focusables.last];
};

export const focusedOf = ({input: {playback}}: View): Focusable | undefined =>
  [...focusables.first, ...panels, ...focusables.last].find(({name}) => name === playback.focus);
