// The packets as a table, with a search.

import type {Language, Text} from '../../lesson/text.ts';
import {bisect} from '../../wire/growing-list.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {panelsListSentences} from '../../words/catalogue/panels.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {putList} from '../list/list.ts';
import {completed, nextFound, readSearch} from '../list/list-filter.ts';
import {foundBy, type ListSearch, noSearch, searchOn} from '../list/list-search.ts';
import {definePanel, type PanelMove, pageKeys, rowsBy, upDownKeys, wayOf} from '../panel.ts';
import {spokenPackets} from '../spoken/spoken-rows.ts';
import {choiceOf, newestPacket, packetSubject, selectedPacket, type View} from '../view.ts';

type Move = PanelMove<ListSearch> | undefined;

const selecting = (view: View, packet: number | undefined): Move => {
  if (packet === undefined || packet === selectedPacket(view)) return undefined;
  return {selection: choiceOf(view, packet)};
};

/** By rows of the list, of which a filter leaves only hits. */
const moved = (view: View, own: ListSearch, by: number): Move => {
  const selected = selectedPacket(view);
  const {kind, ids} = foundBy(view, own);
  const newest = newestPacket(view);
  if (selected === undefined || newest === undefined) return undefined;
  if (kind !== 'filter') return selecting(view, Math.max(1, Math.min(newest, selected + by)));
  const row = bisect(ids.length, (index) => (ids[index] ?? 0) >= selected);
  // Between two hits the next one below is one row away, like the next one above.
  const from = ids[row] === selected || by < 0 ? row : row - 1;
  return selecting(view, ids[Math.max(0, Math.min(ids.length - 1, from + by))]);
};

const found = (view: View, own: ListSearch, by: 1 | -1): Move =>
  selecting(view, nextFound(foundBy(view, own).ids, selectedPacket(view), by));

/** The first stretch at once: of most runs it is the whole. */
const accepted = (view: View, text: string): PanelMove<ListSearch> => {
  const empty = {...noSearch, text: text.trim()};
  const own = searchOn(view, empty)?.() ?? empty;
  const {ids} = foundBy(view, own);
  const selected = selectedPacket(view);
  const packet = ids.find((id) => id === selected) ?? nextFound(ids, selected, 1);
  return {own, ...(packet === undefined ? {} : selecting(view, packet))};
};

const problemOf = (view: View, text: string): {readonly message: Text; readonly at: number} | undefined => {
  const read = readSearch(view.input.trace, text);
  if (read.kind !== 'problem') return undefined;
  const {message, remedy, offset} = read;
  const join = (language: Language): string =>
    remedy[language] === ''
      ? message[language]
      : `${message[language]}${punctuation.semicolon[language]}${remedy[language]}`;
  return {message: inEvery(join), at: offset};
};

export const listPanel = definePanel<ListSearch>({
  name: 'list',
  title: panelsListSentences.title,
  start: noSearch,
  keys: [
    upDownKeys(panelsListSentences.keys['↑↓'].label),
    pageKeys(panelsListSentences.keys['PgUp PgDn'].label),
    {keys: {'/': 'find'}, sign: '/', label: panelsListSentences.keys['/'].label, rank: 6},
    {
      keys: {n: 'next', N: 'previous'},
      sign: 'n N',
      label: panelsListSentences.keys['n N'].label,
      rank: 7,
    },
    {
      keys: {escape: 'clear'},
      sign: 'esc',
      label: panelsListSentences.keys.esc.label,
      rank: 8,
      passes: true,
    },
  ],
  command(view, own, command) {
    switch (command) {
      case 'next':
      case 'previous':
        return found(view, own, wayOf(command));
      case 'find':
        return {type: own.text};
      case 'clear':
        return own.text === '' ? undefined : {own: noSearch};
      default:
        return moved(view, own, rowsBy(command));
    }
  },
  typing: {
    prompt: () => panelsListSentences.typing.prompt,
    problem: problemOf,
    complete: completed,
    // What cannot be read stays on the line.
    accept: (view, _own, text) => (problemOf(view, text) ? {type: text} : accepted(view, text)),
  },
  work: searchOn,
  subject: packetSubject,
  isAvailable: () => true,
  least: {columns: 48, rows: 3},
  best: {columns: 90, rows: 20},
  places: ['lower'],
  spoken: spokenPackets,
  put: putList,
});
