// Chooses which panels are shown and where on the screen: the reader's wishes come first, then the lesson's, then the panels of every run.
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
  /** The panels that have a place beside the ladder or below the narration, in the order in which `tab` gives them the focus. */
  readonly placed: readonly Placed[];
  /** The panel that has the focus but no place beside the ladder or below the narration; it replaces the ladder. */
  readonly instead: Panel | undefined;
  /** How the screen is divided between the ladder, the narration and the placed panels. */
  readonly spread: Spread;
};

const everyRun: readonly string[] = ['endpoints', 'list'];

/** Returns the names of the panels that are shown if neither the reader nor the lesson names others. */
const usual = (view: View): readonly string[] => [
  ...panels.flatMap(({name, leads}) => (leads?.(view) ? [name] : [])),
  ...everyRun,
];

const failing = (view: View): readonly string[] =>
  panels.flatMap(({name, fails}) => (fails?.(view) ? [name] : []));

/** Returns the names of the panels that the lesson's beats name; panels that only show a value of a beat are not among them. */
const playedWith = ({input: {beats}}: View): readonly string[] =>
  beats.flatMap(({panels: named}) => named ?? []);

/**
 * Returns the names of the panels that the lesson's beats need, in order: those that they name, and those that show their values. The
 * choice holds for the whole run.
 */
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

/**
 * Returns a function that tells whether a panel may be shown now. Until the lesson reaches a panel, a panel that every run shows may take
 * its place.
 */
const hasCome = (view: View): ((panel: Panel) => boolean) => {
  const {focus, opened} = view.input.playback;
  // If the lesson shows values only once it mentions them, only panels that it has mentioned are shown, unless the learner asked for all
  // values.
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

/**
 * If only one of the placed panels is in the row below the narration, widens it over both places of that row. Returns all placed panels.
 */
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

/**
 * The number of rows that a place below the narration has at least. With three or more hosts, a panel of the lesson that needs more gets a
 * taller place.
 */
const usualLower = 6;

/**
 * Tells whether the lesson's first panel below the narration needs more rows than usual. With three or more hosts the ladder can spare
 * some, because it has one row for each packet. The panel counts even while it is empty, so that nothing moves later.
 */
const wantsTall = (view: View): boolean => {
  const named = isMany(view) ? namedByLesson(view).map((name) => panelsByName.get(name)) : [];
  const first = named.find((panel) => panel?.places[0] === 'lower');
  return first !== undefined && first.least.rows > usualLower;
};

/**
 * Returns the first panel of the lesson that wants a place below the narration but finds none, and may be beside the ladder instead;
 * undefined if another of the lesson's panels wants the side.
 */
const crowdedOut = (view: View, slots: readonly Slot[]): Panel | undefined => {
  const own = available(view, playedWith(view));
  if (own.some(({places}) => places[0] === 'side')) return undefined;
  const below = slots.filter(({place: where}) => where === 'lower').length;
  const next = own.filter(({places}) => places[0] === 'lower')[below];
  return next?.places.includes('side') ? next : undefined;
};

/** Tells whether there is room for exactly one panel beside the ladder. */
export const hasOneSide = (slots: readonly Slot[]): boolean =>
  slots.filter(({place: where}) => where === 'side').length === 1;

/** Tells whether a panel covers the place of the ladder while it has the focus, even if there is room beside the ladder. */
export const spreads = ({covers}: Panel): boolean => covers === 'picture' || covers === 'spread';

export const isTooSmall = ({columns, rows}: Size): boolean =>
  columns < leastSize.columns || rows < leastSize.rows;

/** Tells whether a run has neither narration nor questions, such as a capture opened without questions. */
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
  // Finding out whether a panel has content may require reading the whole run; if there is no place for any, no panel is asked.
  if (narrow.length === 0) return {placed: [], instead: focused, spread: usualPlan};
  const all = available(view, [focus, ...opened, ...failing(view), ...namedByLesson(view), ...usual(view)]);
  const spread = focused && spreads(focused) ? focused : undefined;
  const wanted = all.filter((panel) => panel !== spread);
  // The places are divided as if all panels were shown already, so that nothing moves when a panel is shown later.
  const come = wanted.filter(hasCome(view));
  // The width of the column beside the ladder is decided by the first panel that wants to be there.
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
  // If at most one panel is below the narration, the panel that replaces the ladder gets the rows below, and the ladder gets the rest.
  const low =
    below.length > 0 &&
    (instead === undefined ? !placed.some(isBelow) : below.length === 1 || !placed.some(isBelow));
  const across = instead === undefined && placed.every(isBelow);
  if (!low && !across) return {placed, instead, spread: planned};
  const settled = {...planned, low, across};
  return {placed: across && low ? [] : placedIn(settled), instead, spread: settled};
};

/**
 * Returns all panels and parts of the screen that can have the focus, in the order of `tab` and of the number keys. The order is the same
 * for every screen size.
 */
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
