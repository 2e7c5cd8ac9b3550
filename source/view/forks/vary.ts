// The state of a change that the reader is about to make to a host or a link, as pure functions: which setting, with which value.
import type {Settable} from '../../lesson/settable.ts';
import type {Setting} from '../../sim/setting.ts';
import {isSamePart, type Part} from './parts.ts';

export type VaryState = {
  readonly part: Part;
  /** The place of the marked setting, written as for `--set`; undefined if the host or link has no setting. */
  readonly place: string | undefined;
  /** The new values that the reader has chosen so far, at most one for each setting; the new run uses all of them. */
  readonly chosen: readonly Setting[];
  /** The value that is being typed for the marked setting; undefined while nothing is typed. */
  readonly typed: string | undefined;
};

export type VaryMove = 'up' | 'down' | 'less' | 'more';

/** The groups of settings in the order of the page's rows: what the link or the programs do comes before how TCP does it. */
const groups = [
  'link',
  'call',
  'program',
  'actor',
  'host',
  'tcp',
] as const satisfies readonly Settable['group'][];

/** The settings that a beginner can use, by the last word of their place; they are at the top of the page. */
const firstOfLink: readonly string[] = ['delay', 'rate', 'loss', 'queue'];
const firstOfTcp: readonly string[] = ['rcvBuffer'];
const firstOfCall: readonly string[] = ['at', 'after', 'bytes', 'text', 'off'];

const lastWord = (place: string): string => place.slice(place.lastIndexOf('.') + 1);

/** Tells whether a setting comes first on the page; the other settings are for readers who know what they look for. */
const comesFirst = ({group, place, isWritten}: Settable): boolean => {
  switch (group) {
    case 'link':
      return firstOfLink.includes(lastWord(place));
    case 'call':
      return firstOfCall.includes(lastWord(place));
    case 'tcp':
      return isWritten || firstOfTcp.includes(lastWord(place));
    case 'actor':
      return true;
    default:
      return isWritten;
  }
};

export type VaryRow = {readonly heading: Settable['group'] | 'more'} | {readonly settable: Settable};

/** Compares two settings to sort them: a text that a program sends comes before the others, because everybody knows what a text is. */
const textsFirst = (one: Settable, other: Settable): number =>
  Number(other.unit === 'text') - Number(one.unit === 'text');

const groupRows = (group: Settable['group'], all: readonly Settable[]): readonly VaryRow[] => {
  const own = all.filter((each) => each.group === group).toSorted(textsFirst);
  return own.length === 0 ? [] : [{heading: group}, ...own.map((settable) => ({settable}))];
};

/** Returns those settings of a host or link that everybody understands, in the order in which a lesson file has them. */
export const firstSettables = (settables: readonly Settable[], part: Part): readonly Settable[] =>
  settables.filter((each) => isSamePart(each.of, part) && comesFirst(each));

/**
 * Returns the rows of the page that changes a host or link: first the settings for everybody, by groups, then those for experts under one
 * heading. The experts' settings have no group headings, because their places begin with the group's name.
 */
export const varyRows = (settables: readonly Settable[], part: Part): readonly VaryRow[] => {
  const own = settables.filter(({of}) => isSamePart(of, part));
  const rows = (all: readonly Settable[]) => groups.flatMap((group) => groupRows(group, all));
  const first = rows(own.filter(comesFirst));
  const rest = rows(own.filter((each) => !comesFirst(each)));
  if (first.length === 0 || rest.length === 0) return [...first, ...rest];
  return [...first, {heading: 'more'}, ...rest.filter((row) => 'settable' in row)];
};

const settablesIn = (rows: readonly VaryRow[]): readonly Settable[] =>
  rows.flatMap((row) => ('settable' in row ? [row.settable] : []));

/**
 * Returns the settings with the values that the reader has given them. If there are several values for one setting, the last one counts.
 */
export const withOwn = (settables: readonly Settable[], own: readonly Setting[]): readonly Settable[] => {
  const values = new Map(own.map(({place, value}) => [place, value]));
  return settables.map((each) => ({...each, value: values.get(each.place) ?? each.value}));
};

export const startVary = (settables: readonly Settable[], part: Part): VaryState => ({
  part,
  place: settablesIn(varyRows(settables, part))[0]?.place,
  chosen: [],
  typed: undefined,
});

/** Returns the text with which typing begins: a text is there to be changed, any other value is typed anew. */
export const firstTyped = ({unit}: Settable, value: string): string => (unit === 'text' ? value : '');

/** Returns the new value that the reader has chosen for a setting; undefined if its present value stays. */
export const chosenIn = ({chosen}: VaryState, place: string | undefined): string | undefined =>
  chosen.find((each) => each.place === place)?.value;

/** Returns the state of the page with a new value for a setting. Choosing the present value takes an earlier choice back. */
export const withChosen = (state: VaryState, {place, value: present}: Settable, value: string): VaryState => {
  const others = state.chosen.filter((each) => each.place !== place);
  return {...state, chosen: value === present ? others : [...others, {place, value}]};
};

/**
 * Returns the state of the page with the first setting marked, if no setting is marked because the settings were not known yet when the
 * page was opened.
 */
export const settledVary = (settables: readonly Settable[], state: VaryState): VaryState =>
  state.place === undefined ? {...state, place: startVary(settables, state.part).place} : state;

export const markedSettable = (
  settables: readonly Settable[],
  {place}: Pick<VaryState, 'place'>,
): Settable | undefined => settables.find((each) => each.place === place);

/**
 * Returns the next larger or smaller of a setting's suggested values, counted from the chosen or present one; undefined if there is none in
 * that direction.
 */
export const valueBeside = (
  {steps, value}: Settable,
  chosen: string | undefined,
  by: 1 | -1,
): string | undefined => {
  const at = steps.indexOf(chosen ?? value);
  return at < 0 ? steps.at(by > 0 ? 0 : -1) : steps[at + by];
};

/**
 * Returns what `enter` does on the page that changes settings: it makes the run with the chosen values. If none is chosen, it begins to
 * type a value, or says how to choose one among words. On a text it begins to type even if other settings have new values.
 */
export const enterDoes = ({unit, place}: Settable, state: VaryState): 'run' | 'type' | 'choose' => {
  const {chosen, typed} = state;
  const isOwn = typed !== undefined || chosenIn(state, place) !== undefined;
  if (isOwn || (chosen.length > 0 && unit !== 'text')) return 'run';
  return unit === 'switch' || unit === 'choice' ? 'choose' : 'type';
};

export const moveVary = (settables: readonly Settable[], state: VaryState, move: VaryMove): VaryState => {
  const {part, place} = state;
  if (move === 'up' || move === 'down') {
    const all = settablesIn(varyRows(settables, part));
    const at = all.findIndex((each) => each.place === place);
    const next = all[at + (move === 'down' ? 1 : -1)];
    return next === undefined ? state : {...state, place: next.place};
  }
  const settable = markedSettable(settables, state);
  const beside = settable && valueBeside(settable, chosenIn(state, place), move === 'more' ? 1 : -1);
  return settable === undefined || beside === undefined ? state : withChosen(state, settable, beside);
};
