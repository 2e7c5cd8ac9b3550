// What is odd about HTTP/2 in a capture: who ended what with which error, what is against the rules, who had to wait.
import {madeOf, sameIn, type Text, worded} from '../../lesson/text.ts';
import type {Side} from '../../observe/connections.ts';
import type {Http2Connection} from '../../observe/http2-connection.ts';
import type {Http2Fault} from '../../observe/http2-faults.ts';
import {type Http2ErrorCode, http2ErrorName} from '../../wire/http2/http2-error.ts';
import {http2Brief as brief, http2Faults, http2Told as say} from '../../words/catalogue/http2.ts';
import type {Finding} from './finding.ts';
import {grouped} from './grouped.ts';

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

export const named = (streams: readonly number[]) => ({
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

type Told = Omit<Finding, 'connection'>;

const resets = ({streams}: Http2Connection, by: (side: Side) => By): readonly Told[] => {
  const all = streams.flatMap(({id, reset}) => (reset ? [{...reset, id}] : []));
  return grouped(all, ({side, error}) => `${side} ${error}`).map((group) => {
    const [{side, error, frame}] = group;
    const name = http2ErrorName(error);
    const text = worded(say.reset, {by: by(side), error: name, frame, ...named(group.map(({id}) => id))});
    return {weight: harmless.has(name) ? 36 : 60, text, brief: sameIn(name)};
  });
};

const stalls = ({stalls: all}: Http2Connection, by: (side: Side) => By): readonly Told[] =>
  grouped(all, ({side, stream}) => `${side} ${stream === 0}`).map((group) => {
    const [{side, stream, frame}] = group;
    const times = group.reduce((sum, {count}) => sum + count, 0);
    const about = {by: by(side), connection: stream === 0, times, frame};
    const text = worded(say.stalled, {...about, ...named(group.map((each) => each.stream))});
    return {weight: 31, text, brief: brief.stalled};
  });

export const http2Findings = (connection: number, http2: Http2Connection): readonly Finding[] => {
  const by = (side: Side): By => (side === http2.client ? 'client' : 'server');
  const {goaways, faults, lost} = http2;
  const told: readonly Told[] = [
    ...goaways
      .filter(({error}) => error !== NO_ERROR)
      .map(({side, error, lastStream: last, frame}) => ({
        weight: 77,
        text: worded(say.goaway, {by: by(side), error: http2ErrorName(error), last, frame}),
        brief: sameIn('GOAWAY'),
      })),
    ...faults.map((fault) => ({weight: 75, text: faultText(by(fault.side), fault), brief: brief.fault})),
    ...resets(http2, by),
    ...stalls(http2, by),
    ...(lost
      ? [{weight: 20, text: worded(say.lost, {by: by(lost.side), frame: lost.frame}), brief: brief.lost}]
      : []),
  ];
  return told.map((each) => ({...each, connection}));
};
