// The reader's place among the conversations of a capture: the order of rows, the filter, the marked row.
import type {Conversation} from '../../observe/captured-place.ts';
import type {Sort} from '../../words/picker.ts';
import {everything, type Overview, type Row} from './overview.ts';

const sorts: readonly Sort[] = ['number', 'packets', 'interest', 'time'];

export type PickerState = {
  readonly overview: Overview;
  readonly sort: Sort;
  readonly filter: string;
  /** The filter as it was before the reader began to edit it; undefined while he is not editing it. */
  readonly before: string | undefined;
  readonly marked: Conversation;
  /**
   * The ids of the conversations that pass the filter, in the chosen order; without a filter `everything`, the whole capture, is the first.
   */
  readonly listed: readonly Conversation[];
};

const byNumber = (one: Row, other: Row): number =>
  Math.sign(other.id) - Math.sign(one.id) || Math.abs(one.id) - Math.abs(other.id);

/** The value by which each order sorts the conversations of a capture, the largest first. */
const sortKeys: {readonly [sort in Exclude<Sort, 'number'>]: (overview: Overview, row: Row) => number} = {
  packets: (_, {packets}) => packets,
  interest: (overview, {id}) => overview.telling.interestOf(overview, id),
  time: (_, {lengthUs}) => lengthUs,
};

/** Maps each conversation to the text in which the filter searches, in both languages and lower case, made once. */
const searched = new WeakMap<Row, string>();
const searchText = (overview: Overview, row: Row): string => {
  const known = searched.get(row);
  if (known !== undefined) return known;
  const {label, client, server, opened, closed} = row;
  const words = overview.telling.notableOf(overview, row).flatMap(({en, zh}) => [en, zh]);
  const protocol = row.id > 0 ? 'tcp' : 'udp';
  const text = [label, client, server, protocol, opened, closed, ...words].join(' ').toLowerCase();
  searched.set(row, text);
  return text;
};

const listedIn = (overview: Overview, sort: Sort, filter: string): readonly Conversation[] => {
  const wanted = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const passing =
    wanted.length === 0
      ? overview.rows
      : overview.rows.filter((row) => {
          const text = searchText(overview, row);
          return wanted.every((word) => text.includes(word));
        });
  const key = sort === 'number' ? undefined : sortKeys[sort];
  const keys = new Map(key ? passing.map((row) => [row, key(overview, row)]) : []);
  const ordered = passing.toSorted(
    (one, other) => (keys.get(other) ?? 0) - (keys.get(one) ?? 0) || byNumber(one, other),
  );
  return [...(wanted.length === 0 ? [everything] : []), ...ordered.map(({id}) => id)];
};

/**
 * Returns the state with the conversations listed again after a change of order or filter; the mark stays on its conversation, or goes to
 * the first one listed.
 */
const relisted = (
  state: PickerState,
  changed: Partial<Pick<PickerState, 'sort' | 'filter'>>,
): PickerState => {
  const next = {...state, ...changed};
  const listed = listedIn(next.overview, next.sort, next.filter);
  const marked = listed.includes(state.marked) ? state.marked : (listed[0] ?? everything);
  return {...next, listed, marked};
};

/**
 * The most TCP connections with which the texts on the whole capture are shown when it is opened, because each connection must be read for
 * them.
 */
const mostAtOnce = 1000;

export const startPicker = (overview: Overview): PickerState => ({
  overview,
  sort: 'number',
  filter: '',
  before: undefined,
  // At first the mark is on the whole capture, or on connection 1 if there are so many connections that texts on the whole take long.
  marked: overview.connections > mostAtOnce ? 1 : everything,
  listed: listedIn(overview, 'number', ''),
});

/** Returns the state of the page with a new table of the same capture, whose file may have grown; order, filter and mark stay. */
export const renewed = (state: PickerState, overview: Overview): PickerState =>
  overview === state.overview ? state : relisted({...state, overview}, {});

export const nextSort = (state: PickerState): PickerState => {
  const sort = sorts[(sorts.indexOf(state.sort) + 1) % sorts.length] ?? 'number';
  return relisted(state, {sort});
};

export const moveTo = (state: PickerState, index: number): PickerState => {
  const marked = state.listed[index];
  return marked === undefined || marked === state.marked ? state : {...state, marked};
};

export const markedIndex = ({listed, marked}: PickerState): number => listed.indexOf(marked);

export const startTyping = (state: PickerState): PickerState => ({...state, before: state.filter});

const longestFilter = 60;

export const typeFilter = (state: PickerState, filter: string): PickerState =>
  relisted(state, {filter: [...filter].slice(0, longestFilter).join('')});

/** Returns the state after the filter was edited; with `keep` the typed filter counts, otherwise the one before. */
export const stopTyping = (state: PickerState, keep: boolean): PickerState =>
  relisted({...state, before: undefined}, {filter: keep ? state.filter.trim() : (state.before ?? '')});
