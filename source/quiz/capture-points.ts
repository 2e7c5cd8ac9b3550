// Questions about what a capture shows at the place where it was taken: which copies of a segment pass there, on which side of the path it
// is, how long a round trip takes as seen from there, and what a network card makes of a large segment behind it.

import {packetOf} from '../account/packet.ts';
import {sameIn, textOf, worded, wordedWithNames} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {hasFlag} from '../wire/tcp.ts';
import {captureCopies, capturePlace, captureTrip, wireSegments} from '../words/catalogue/ask-tcp.ts';
import {type AnyKind, beliefsIn, type Found} from './kind.ts';
import {byClause, listedKind, whereNamed} from './listed.ts';
import {valuesLine} from './prompt.ts';
import {type Line, lineOf, printed} from './said.ts';
import {segmentsOf} from './segments.ts';
import {lengthText} from './times.ts';

type CopyGivens = {
  readonly host: string;
  /** The host at which the capture in the question is taken. */
  readonly place: string;
  readonly line: Line;
  readonly sent: number;
  readonly lost: number;
};

/**
 * Returns the data segments that were sent several times and lost at least once, as questions about how many copies a capture at either end
 * shows.
 */
const copiesOf = (trace: Trace): readonly Found<CopyGivens>[] => {
  const {sent, arrived} = segmentsOf(trace);
  const again = sent.filter(({event, segment}) => event.retransmission && segment.payload.length > 0);
  return again.flatMap(({event, segment, flow}) => {
    const copies = sent.filter((each) => each.flow === flow && each.segment.seq === segment.seq);
    const isLast = copies.at(-1)?.event.n === event.n;
    const isWhole = copies.every((each) => each.segment.payload.length === segment.payload.length);
    const came = copies.filter((each) => arrived.some(({packet}) => packet === each.event.packet)).length;
    if (!isLast || !isWhole || came === copies.length) return [];
    const peer = packetOf(trace, event.packet).to;
    const [host, n, line] = [event.host, event.n + 1, lineOf(segment)];
    // If only one copy arrived, a capture at the receiver is not asked about: one copy takes no thought.
    return (came > 1 ? (['sender', 'receiver'] as const) : (['sender'] as const)).map((at) => {
      const did = String(at === 'sender' ? copies.length : came);
      return {
        givens: {
          ...{host, place: at === 'sender' ? host : peer, line},
          ...{sent: copies.length, lost: copies.length - came},
        },
        ...{did, n, evidence: byClause(event.packet, '9293 §3.8', did)},
      };
    });
  });
};

const endOf = ({host, place}: CopyGivens): 'sender' | 'receiver' => (place === host ? 'sender' : 'receiver');

export const captureCopiesKind = whereNamed(
  listedKind<CopyGivens>({
    kind: 'capture-copies',
    form: 'choice',
    all: copiesOf,
    ask: ({host, place, line, sent, lost}, called) => [
      wordedWithNames(captureCopies.given, {host: called(host).first, sent, lost}),
      valuesLine(printed(line)),
      wordedWithNames(captureCopies.asks, {host: called(place).within}),
    ],
    solve: (givens, called) => {
      const {place, sent, lost} = givens;
      const end = endOf(givens);
      return {
        answer: String(end === 'sender' ? sent : sent - lost),
        explain: wordedWithNames(captureCopies.explain[end], {
          ...{sent, lost, host: called(place).within, left: sent - lost},
        }),
        hints: [captureCopies.hint],
      };
    },
    beliefs: beliefsIn(captureCopies.beliefs, {
      everySent: (givens) => (endOf(givens) === 'receiver' ? givens.sent : undefined),
      onlyArrived: (givens) => (endOf(givens) === 'sender' ? givens.sent - givens.lost : undefined),
      lost: ({lost}) => lost,
      more: ({sent}) => sent + 1,
    }),
  }),
);

/** The three segments of a handshake as a capture at one end has them, with the times counted from the first one. */
type TripGivens = {
  readonly lines: readonly Line[];
  readonly timesUs: readonly number[];
};

type Captured = {readonly givens: TripGivens; readonly end: 'client' | 'server'; readonly n: number};

/**
 * Returns the handshake that begins a run as captures at both ends show it; nothing if it is incomplete, was lost in part, or differs from
 * SYN, SYN-ACK, ACK.
 */
const handshakesOf = (trace: Trace): readonly Captured[] => {
  const [syn, synAck, ack] = segmentsOf(trace).sent;
  if (!syn || !synAck || !ack || !hasFlag(syn.segment, 'SYN') || !hasFlag(synAck.segment, 'SYN')) return [];
  if (!hasFlag(synAck.segment, 'ACK') || hasFlag(ack.segment, 'SYN')) return [];
  const records = [syn, synAck, ack].map(({event}) => packetOf(trace, event.packet));
  if (records.some(({lost}) => lost)) return [];
  const lines = [syn, synAck, ack].map(({segment}) => lineOf(segment));
  const at = (times: readonly number[]) => times.map((us) => us - (times[0] ?? 0));
  const [client, server] = [0, 1].map((odd) =>
    at(records.map(({sentUs, dueUs}, nth) => (nth % 2 === odd ? sentUs : dueUs))),
  );
  const {n} = ack.event;
  return [
    {givens: {lines, timesUs: client ?? []}, end: 'client', n: n + 1},
    {givens: {lines, timesUs: server ?? []}, end: 'server', n: n + 1},
  ];
};

const gapsOf = ({timesUs: [first = 0, second = 0, third = 0]}: TripGivens) => ({
  before: second - first,
  after: third - second,
});

const rowsOf = ({lines, timesUs}: TripGivens) =>
  lines.map((line, nth) => valuesLine(`${lengthText(timesUs[nth] ?? 0)}  ${printed(line)}`));

const shownGaps = (givens: TripGivens) => {
  const {before, after} = gapsOf(givens);
  return {before: lengthText(before), after: lengthText(after)};
};

const handshakeClause = '9293 §3.5';

export const capturePlaceKind = whereNamed(
  listedKind<TripGivens>({
    kind: 'capture-place',
    form: 'choice',
    all: (trace) =>
      handshakesOf(trace).map(({givens, end, n}) => ({
        ...{givens, did: end, n, evidence: byClause(1, handshakeClause, end)},
      })),
    ask: (givens) => [capturePlace.given, ...rowsOf(givens), capturePlace.asks],
    solve(givens) {
      const {before, after} = gapsOf(givens);
      if (Math.min(before, after) > 0 || before === after) return undefined;
      const answer = before > after ? 'client' : 'server';
      return {
        answer,
        explain: worded(capturePlace.explain[answer], shownGaps(givens)),
        hints: [capturePlace.hint],
      };
    },
    beliefs: beliefsIn(capturePlace.beliefs, {
      client: () => 'client',
      server: () => 'server',
      middle: () => 'middle',
      unknown: () => 'unknown',
    }),
    words: (value) => textOf(capturePlace.choices, value) ?? sameIn(value),
  }),
);

export const captureTripKind = whereNamed(
  listedKind<TripGivens>({
    kind: 'capture-rtt',
    form: 'choice',
    all: (trace) =>
      handshakesOf(trace).map(({givens, n}) => {
        const did = String(Math.max(...Object.values(gapsOf(givens))));
        return {givens, did, n, evidence: byClause(1, handshakeClause, did)};
      }),
    ask: (givens) => [captureTrip.given, ...rowsOf(givens), captureTrip.asks],
    solve(givens) {
      const {before, after} = gapsOf(givens);
      if (Math.min(before, after) > 0 || before === after) return undefined;
      return {
        answer: String(before + after),
        explain:
          before > after
            ? worded(captureTrip.explain.client, shownGaps(givens))
            : worded(captureTrip.explain.server, shownGaps(givens)),
        hints: [captureTrip.hint],
      };
    },
    beliefs: beliefsIn(captureTrip.beliefs, {
      smaller: (givens) => Math.min(...Object.values(gapsOf(givens))),
      twice: (givens) => 2 * Math.max(...Object.values(gapsOf(givens))),
      half: (givens) => Math.floor(Math.max(...Object.values(gapsOf(givens))) / 2),
    }),
    words: (us) => sameIn(lengthText(Number(us))),
  }),
);

type LargeGivens = {
  readonly host: string;
  readonly bytes: number;
  readonly mss: number;
  /** The bytes of TCP options in each segment's header, which leave less room for data within the MSS. */
  readonly options: number;
};

const pieces = ({bytes, mss}: Pick<LargeGivens, 'bytes' | 'mss'>, options: number): number =>
  Math.ceil(bytes / (mss - options));

/** The number of full segments of data for which one more segment is needed once options take room from the MSS. */
const TELLING = 10;

/** The bytes that the TCP timestamps option takes in a header, with its padding. */
const TIMESTAMPS_BYTES = 12;

/** Returns the segments larger than the MSS, which a network card cuts after the capture has seen them (segmentation offload). */
const largeOf = (trace: Trace): readonly Found<LargeGivens>[] => {
  const {sent} = segmentsOf(trace);
  const mss = Math.min(
    ...sent.flatMap(({segment}) =>
      segment.options.flatMap((each) => (each.kind === 'mss' ? [each.mss] : [])),
    ),
  );
  return sent.flatMap(({event: {host, packet, n}, segment}) => {
    const bytes = segment.payload.length;
    if (!Number.isFinite(mss) || bytes <= mss) return [];
    const options = segment.options.some(({kind}) => kind === 'timestamps') ? TIMESTAMPS_BYTES : 0;
    // If options do not change the number of pieces, a question with a larger segment is asked, so that the answer shows who forgot the
    // options.
    const isTelling = options === 0 || pieces({bytes, mss}, options) !== pieces({bytes, mss}, 0);
    const givens = {host, bytes: isTelling ? bytes : TELLING * mss, mss, options};
    const did = String(pieces(givens, options));
    return [{givens, did, n: n + 1, evidence: byClause(packet, '9293 §3.7.1', did)}];
  });
};

export const wireSegmentsKind: AnyKind = whereNamed(
  listedKind<LargeGivens>({
    kind: 'wire-segments',
    form: 'numeral',
    all: largeOf,
    ask: ({host, bytes, mss, options}, called) => [
      wordedWithNames(wireSegments.given, {host: called(host).within, bytes}),
      wordedWithNames(wireSegments.values, {mss, options}),
      wireSegments.asks,
    ],
    solve(givens) {
      const {bytes, mss, options} = givens;
      const right = pieces(givens, options);
      return {
        answer: String(right),
        explain: worded(wireSegments.explain, {bytes, room: mss - options, right}),
        hints: [wireSegments.hint],
      };
    },
    beliefs: beliefsIn(wireSegments.beliefs, {
      one: () => 1,
      whole: (givens) => pieces(givens, 0),
      down: ({bytes, mss, options}) => Math.floor(bytes / (mss - options)),
      more: (givens) => pieces(givens, givens.options) + 1,
    }),
  }),
);
