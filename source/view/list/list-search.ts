// Searches the packets that have been sent, a stretch at a time, so that no key has to wait until all of a long run is searched.

import {packetOf} from '../../account/packet.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {bisect} from '../../wire/growing-list.ts';
import {at} from '../time/pace.ts';
import {hiddenFieldsOf, type View} from '../view.ts';
import {readSearch, type Search} from './list-filter.ts';

/** The state of the search in the packet list: the text and how far it has come. */
export type ListSearch = {
  /** The search as it was typed; empty if there is none. */
  readonly text: string;
  /** The number of packets that have been searched for the typed text. */
  readonly searched: number;
};

export const noSearch: ListSearch = {text: '', searched: 0};

/** The number of packets that are searched at a time, which takes about 20 ms on a slow machine. */
const packetsAtOnce = 2000;
/** The number of newest packets that each look at a search's result checks again, because they may still be under way. */
const flyingWithin = 400;

/** The numbers of the packets that match a search, increasing; the packets up to the number `upTo` have been searched. */
type Hits = {readonly ids: readonly number[]; readonly upTo: number};

const none: Hits = {ids: [], upTo: 0};
const textsKept = 8;
const known = new WeakMap<Trace, Map<string, Hits>>();

const hitsOf = (trace: Trace, text: string): Hits => known.get(trace)?.get(text) ?? none;

const keep = (trace: Trace, text: string, hits: Hits): void => {
  const texts = known.get(trace) ?? new Map<string, Hits>();
  known.set(trace, texts);
  if (texts.size >= textsKept && !texts.has(text)) texts.clear();
  texts.set(text, hits);
};

const newestOf = ({input: {pacing}, moment}: View): number => at(pacing.sent, moment);

/** Returns a function that searches the next stretch of packets; undefined if all packets that have been sent are searched. */
export const searchOn = (view: View, {text}: ListSearch): (() => ListSearch) | undefined => {
  const {trace} = view.input;
  const newest = newestOf(view);
  const hits = hitsOf(trace, text);
  if (text === '' || hits.upTo >= newest) return undefined;
  const read = readSearch(trace, text);
  if (read.kind === 'all' || read.kind === 'problem') return undefined;
  return () => {
    const upTo = Math.min(newest, hits.upTo + packetsAtOnce);
    const found: number[] = [];
    for (let id = hits.upTo + 1; id <= upTo; id++)
      if (read.matches(trace, packetOf(trace, id))) found.push(id);
    keep(trace, text, {ids: [...hits.ids, ...found], upTo});
    return {text, searched: upTo};
  };
};

/** Returns a packet without the mark of its loss until the screen shows that loss, so that the search does not reveal it. */
const asKnown = (view: View, packet: PacketRecord): PacketRecord =>
  !packet.lost || (packet.endEvent !== undefined && packet.endEvent <= view.cursor)
    ? packet
    : {...packet, lost: false};

const mayBeSeen = (view: View, read: Search, id: number): boolean => {
  if (hiddenFieldsOf(view, id).length > 0) return false;
  if (read.kind !== 'words' || id <= newestOf(view) - flyingWithin) return true;
  const {trace} = view.input;
  return read.matches(trace, asKnown(view, packetOf(trace, id)));
};

export type Found = {
  readonly kind: 'all' | 'words' | 'filter';
  /** The numbers of the packets that match the search and may be seen now, increasing. */
  readonly ids: readonly number[];
  readonly isWhole: boolean;
};

/** Returns the packets that match a search by now, without those that an open question asks about. */
export const foundBy = (view: View, {text}: ListSearch): Found => {
  const {trace} = view.input;
  const read = readSearch(trace, text);
  if (read.kind === 'all' || read.kind === 'problem') return {kind: 'all', ids: [], isWhole: true};
  const newest = newestOf(view);
  const search = hitsOf(trace, text);
  const sent = bisect(search.ids.length, (index) => (search.ids[index] ?? 0) > newest);
  const near = bisect(sent, (index) => (search.ids[index] ?? 0) > newest - flyingWithin);
  const asked = view.hidden.some(({hides}) => hides !== undefined);
  const ids = search.ids.slice(0, sent);
  const isSeen = (id: number): boolean => mayBeSeen(view, read, id);
  return {
    kind: read.kind,
    ids: asked ? ids.filter(isSeen) : [...ids.slice(0, near), ...ids.slice(near).filter(isSeen)],
    isWhole: search.upTo >= newest,
  };
};
