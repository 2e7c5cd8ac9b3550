// Which packets of the list the reader wants: a display filter, or words to be found in what the list says of a packet.
import {matchingPackets} from '../lesson/filter-match.ts';
import {parseFilter} from '../lesson/filter-parser.ts';
import {laterWords} from '../lesson/later-words.ts';
import type {Text} from '../lesson/lesson.ts';
import {packetFields} from '../lesson/packet-field.ts';
import type {Vocabulary} from '../lesson/vocabulary.ts';
import {summaryOf} from '../sim/summary.ts';
import type {PacketRecord, Trace} from '../sim/trace.ts';
import {harmless} from './harmless.ts';
import {displayName} from './scene-hosts.ts';

export type ListFilter =
  /** Nothing was typed: every packet is wanted. */
  | {readonly kind: 'all'}
  | {readonly kind: 'found'; readonly ids: readonly number[]}
  /** `offset`: characters before the one at which reading stopped; `remedy` names the nearest field, where there is one. */
  | {readonly kind: 'problem'; readonly message: Text; readonly remedy: Text; readonly offset: number};

/** A filter has fields and hosts only; the words of scripts would bring the whole compiler into the player. */
const noWords: Vocabulary = {
  calls: {},
  triggers: [],
  results: [],
  apps: {},
  actors: {},
  heads: {},
  conditions: [],
  overrides: {},
  later: laterWords,
};

/** What only a filter has: a sign of comparison or logic, or the beginning of a field’s name. */
const signs = /[=<>!&|()]|\b(and|or|not|eq|ne|lt|gt|le|ge)\b/;
const beginnings = [...new Set(packetFields.map((field) => field.split('.')[0] ?? field))];

const isFilter = (text: string): boolean => {
  if (signs.test(text)) return true;
  const [first = '', ...rest] = text.split('.');
  return rest.length > 0 && beginnings.includes(first.toLowerCase()) && !text.includes(' ');
};

/** All that is written about a packet, in both languages, so that either name of a host is found. */
const wordsOf = ({id, from, to, frame, retransmission, lost}: PacketRecord): string =>
  [
    `${id}`,
    ...(['en', 'zh'] as const).flatMap((language) => [
      displayName(from, language),
      displayName(to, language),
    ]),
    frame ? harmless(summaryOf(frame)) : '',
    retransmission ? 'again retransmission 重传' : '',
    lost ? 'lost 丢失' : '',
  ]
    .join(' ')
    .toLowerCase();

const search = (trace: Trace, text: string): ListFilter => {
  const wanted = text.toLowerCase().split(/\s+/);
  const ids: number[] = [];
  for (let id = 1; id <= trace.packetCount; id++) {
    const words = wordsOf(trace.packet(id));
    if (wanted.every((word) => words.includes(word))) ids.push(id);
  }
  return {kind: 'found', ids};
};

/** `seq=1000`, a word of the list: one equals sign is no comparison of the filter language. */
const isLabel = (text: string): boolean => /^\w+=\S*$/.test(text) && !text.includes('==');

export const filterPackets = (trace: Trace, typed: string): ListFilter => {
  const text = typed.trim();
  if (text === '') return {kind: 'all'};
  if (!isFilter(text) || text.split(/\s+/).every((word) => isLabel(word) || /^[\w,]+$/.test(word)))
    return search(trace, text);
  const hosts = trace.header.hosts.map(({name}) => name);
  const filter = parseFilter(typed, {hosts, connections: [], vocabulary: noWords});
  if (!filter.ok) {
    const {message, remedy, offset} = filter.error[0];
    return {kind: 'problem', message, remedy, offset};
  }
  return {kind: 'found', ids: matchingPackets(filter.value, trace).map(({id}) => id)};
};

/** The next hit after the selected packet, in a circle; undefined: there is none. */
export const nextFound = (ids: readonly number[], selected: number, by: 1 | -1): number | undefined =>
  by > 0 ? (ids.find((id) => id > selected) ?? ids[0]) : (ids.findLast((id) => id < selected) ?? ids.at(-1));
