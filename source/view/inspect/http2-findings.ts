// What is odd about HTTP/2 in a capture: who ended what with which error, what is against the rules, who had to wait.

import {madeOf, sameIn, type Text, worded} from '../../lesson/text.ts';
import type {Http2Connection} from '../../observe/http2-connection.ts';
import type {Http2Fault} from '../../observe/http2-faults.ts';
import {grouped} from '../../wire/grouped.ts';
import {type Http2ErrorCode, http2ErrorName} from '../../wire/http2/http2-error.ts';
import {http2Brief as brief, http2Faults, http2Told as say} from '../../words/catalogue/http2.ts';
import {type Finding, type Found, found, ofConnection, when} from './finding.ts';
import {roleOf} from './sides.ts';

const saidAs: Readonly<Record<Http2ErrorCode, keyof typeof http2Faults>> = {
  preface: 'preface',
  'first-frame': 'preface',
  'frame-large': 'frameSize',
  'frame-size': 'frameSize',
  'block-interrupted': 'block',
  'block-large': 'blockLarge',
  'stream-idle': 'idle',
  'stream-ended': 'ended',
  'stream-number': 'number',
  'stream-zero': 'place',
  'stream-not-zero': 'place',
  padding: 'padding',
  'setting-value': 'setting',
  'push-promise': 'push',
  'window-zero': 'window',
  'window-large': 'window',
  'window-beyond': 'beyond',
  continuation: 'block',
  'length-differs': 'length',
  'field-name': 'field',
  'field-value': 'field',
  'field-of-connection': 'connectionField',
  'pseudo-field': 'pseudo',
  'hpack-integer': 'compression',
  'hpack-short': 'compression',
  'hpack-huffman': 'compression',
  'hpack-index': 'compression',
  'hpack-size': 'compression',
  'hpack-size-late': 'compression',
};

type By = 'client' | 'server';

const NO_ERROR = 0;
/** Nobody is at fault: the answer is not wanted any more, or the request was not needed (RFC 9113 §7, §8.1). */
const harmless: ReadonlySet<string> = new Set(['NO_ERROR', 'CANCEL']);

/** Streams that are named. */
const mostNamed = 5;

const named = (streams: readonly number[]) => ({
  streams: streams.slice(0, mostNamed).map(String),
  count: streams.length,
  more: streams.length > mostNamed,
});

export const faultWords = (by: By, {code}: Http2Fault): Text => worded(http2Faults[saidAs[code]], {by});

const faultText = (by: By, fault: Http2Fault): Text =>
  madeOf([], (language) => {
    const {stream, frame, clause, error, count} = fault;
    const text = faultWords(by, fault)[language];
    return worded(say.fault, {text, stream: String(stream), frame, clause, error, count})[language];
  });

/** Streams that were given up, by whom and with which error. */
export const resetsOf = (http2: Http2Connection) => {
  const all = http2.streams.flatMap(({id, reset}) => (reset ? [{...reset, id}] : []));
  return grouped(all, ({side, error}) => `${side} ${error}`).map((group) => {
    const [{side, error, frame}] = group;
    const about = {by: roleOf(side, http2), error: http2ErrorName(error)};
    return {...about, frame, ...named(group.map(({id}) => id))};
  });
};

const stalls = (http2: Http2Connection): readonly Found[] =>
  grouped(http2.stalls, ({side, stream}) => `${side} ${stream === 0}`).map((group) => {
    const [{side, stream, frame}] = group;
    const times = group.reduce((sum, {count}) => sum + count, 0);
    const about = {by: roleOf(side, http2), connection: stream === 0, times, frame};
    const text = worded(say.stalled, {...about, ...named(group.map((each) => each.stream))});
    return found(31, text, brief.stalled);
  });

export const http2Findings = (connection: number, http2: Http2Connection): readonly Finding[] => {
  const {goaways, faults, lost} = http2;
  const left = goaways.filter(({error}) => error !== NO_ERROR);
  return ofConnection(connection, [
    ...left.map(({side, error, lastStream: last, frame}) => {
      const about = {by: roleOf(side, http2), error: http2ErrorName(error), last, frame};
      return found(77, worded(say.goaway, about), sameIn('GOAWAY'));
    }),
    ...faults.map((fault) => found(75, faultText(roleOf(fault.side, http2), fault), brief.fault)),
    ...resetsOf(http2).map((reset) => {
      const weight = harmless.has(reset.error) ? 36 : 60;
      return found(weight, worded(say.reset, reset), sameIn(reset.error));
    }),
    ...stalls(http2),
    ...when(lost, ({side, frame}) =>
      found(20, worded(say.lost, {by: roleOf(side, http2), frame}), brief.lost),
    ),
  ]);
};
