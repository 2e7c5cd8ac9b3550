// Parses what is typed to search the packet list: a display filter, or words that the list shows.

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
 * The error in a display filter; `offset` is the number of characters before the one at which parsing stopped, and `remedy` names the most
 * similar field, if there is one.
 */
type Problem = {
  readonly kind: 'problem';
  readonly message: Text;
  readonly remedy: Text;
  readonly offset: number;
};

/** A parsed search of the packet list: `words` are searched in what the list shows, and a `filter` hides the packets that do not match. */
export type Search =
  /** An empty search of the packet list, which hides no packet. */
  | {readonly kind: 'all'}
  | {readonly kind: 'words' | 'filter'; readonly matches: (trace: Trace, packet: PacketRecord) => boolean}
  | Problem;

/**
 * The vocabulary of display filters, which contain only fields and hosts; with the words of scripts the player would need the whole
 * compiler.
 */
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

/**
 * Signs by which display filters are told from words in a search: operators of comparison or logic; then the first parts of the fields'
 * names, such as `tcp`.
 */
const signs = /[=<>!&|()]|\b(and|or|not|eq|ne|lt|gt|le|ge)\b/;
const beginnings = [...new Set(packetFields.map((field) => field.split('.')[0] ?? field))];

const isFilter = (text: string): boolean => {
  if (signs.test(text)) return true;
  const [first = '', ...rest] = text.split('.');
  return rest.length > 0 && beginnings.includes(first.toLowerCase()) && !text.includes(' ');
};

/** Returns everything that the packet list shows of a packet, in every language, so that a search finds a host by each of its names. */
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

/** Tells whether a text is a part of a packet's label, such as `seq=1000`, and no filter: filters compare with `==`. */
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

/**
 * Returns the next or previous packet that a search has found, seen from the selected packet; after the last one follows the first.
 * undefined if none is found.
 */
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

/** Completes the name of the field at the end of the typed text, as far as all fields with that beginning agree. */
export const completed = (typed: string): string => {
  const [begun = ''] = typed.match(/[a-z0-9_.]+$/i) ?? [];
  const fitting = packetFields.filter((field) => field.startsWith(begun.toLowerCase()));
  if (begun === '' || fitting.length === 0) return typed;
  return typed.slice(0, typed.length - begun.length) + sharedStart(fitting);
};
