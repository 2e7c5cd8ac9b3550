// Selects packets of the list, by a display filter or by words that the list shows.

import {sentSummary} from '../../account/summary.ts';
import {letsThrough} from '../../lesson/filter-match.ts';
import {parseFilter} from '../../lesson/filter-parser.ts';
import {hostName} from '../../lesson/host-names.ts';
import {packetFields} from '../../lesson/packet-field.ts';
import type {Text} from '../../lesson/text.ts';
import type {Vocabulary} from '../../lesson/vocabulary.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {languages} from '../../words/catalogue/language.ts';
import {listTexts} from '../../words/catalogue/player.ts';

/**
 * An error; `offset` is the number of characters before the one at which parsing stopped, and `remedy` names the most similar field, if
 * there is one.
 */
type Problem = {
  readonly kind: 'problem';
  readonly message: Text;
  readonly remedy: Text;
  readonly offset: number;
};

/** A parsed search: `words` are searched in the list, and a `filter` shows only the packets that match. */
export type Search =
  /** The text is empty, so that every packet is wanted. */
  | {readonly kind: 'all'}
  | {readonly kind: 'words' | 'filter'; readonly matches: (trace: Trace, packet: PacketRecord) => boolean}
  | Problem;

/** The vocabulary of filters, which contain only fields and hosts; the words of scripts would need the whole compiler in the player. */
const noWords: Vocabulary = {
  calls: {},
  triggers: [],
  results: [],
  apps: {},
  actors: {},
  heads: {},
  conditions: [],
  overrides: {},
  completes: ({apps}) => apps,
};

/** Recognises filters: a sign of comparison or logic, or the beginning of a field's name, occurs only in them. */
const signs = /[=<>!&|()]|\b(and|or|not|eq|ne|lt|gt|le|ge)\b/;
const beginnings = [...new Set(packetFields.map((field) => field.split('.')[0] ?? field))];

const isFilter = (text: string): boolean => {
  if (signs.test(text)) return true;
  const [first = '', ...rest] = text.split('.');
  return rest.length > 0 && beginnings.includes(first.toLowerCase()) && !text.includes(' ');
};

/** Returns all texts about a packet in every language, so that either name of a host is found. */
const wordsOf = (trace: Trace, {id, from, to, frame, retransmission, lost}: PacketRecord): string =>
  [
    `${id}`,
    ...languages.flatMap((language) => [
      hostName(trace, from)[language],
      hostName(trace, to)[language],
      retransmission ? listTexts.again[language] : '',
      lost ? listTexts.lost[language] : '',
    ]),
    sentSummary(trace, {packet: id, frame}),
  ]
    .join(' ')
    .toLowerCase();

const wordSearch = (text: string): Search => {
  const wanted = text.toLowerCase().split(/\s+/);
  return {
    kind: 'words',
    matches: (trace, packet) => {
      const words = wordsOf(trace, packet);
      return wanted.every((word) => words.includes(word));
    },
  };
};

/** Tells whether a text is a word of the list, such as `seq=1000`: a single equals sign is no comparison of the filter language. */
const isLabel = (text: string): boolean => /^\w+=\S*$/.test(text) && !text.includes('==');

export const readSearch = (trace: Trace, typed: string): Search => {
  const text = typed.trim();
  if (text === '') return {kind: 'all'};
  if (!isFilter(text) || text.split(/\s+/).every((word) => isLabel(word) || /^[\w,]+$/.test(word)))
    return wordSearch(text);
  const hosts = trace.header.hosts.map(({name}) => name);
  const filter = parseFilter(typed, {hosts, connections: [], vocabulary: noWords});
  if (!filter.ok) {
    const {message, remedy, offset} = filter.error[0];
    return {kind: 'problem', message, remedy, offset};
  }
  return {kind: 'filter', matches: (whole, packet) => letsThrough(filter.value, whole, packet)};
};

/** Returns the next match after the selected packet, after the last one the first; undefined if there is none. */
export const nextFound = (
  ids: readonly number[],
  selected: number | undefined,
  by: 1 | -1,
): number | undefined => {
  if (selected === undefined) return ids.at(by > 0 ? 0 : -1);
  return by > 0
    ? (ids.find((id) => id > selected) ?? ids[0])
    : (ids.findLast((id) => id < selected) ?? ids.at(-1));
};

const sharedStart = ([first = '', ...others]: readonly string[]): string => {
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
};

/** Completes the field at the end of a text as far as all fields with that beginning agree. */
export const completed = (typed: string): string => {
  const [begun = ''] = typed.match(/[a-z0-9_.]+$/i) ?? [];
  const fitting = packetFields.filter((field) => field.startsWith(begun.toLowerCase()));
  if (begun === '' || fitting.length === 0) return typed;
  return typed.slice(0, typed.length - begun.length) + sharedStart(fitting);
};
