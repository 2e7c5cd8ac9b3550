// Questions about seq and ack (RFC 9293 §3.4): what the next segment says, and what a handshake's blanks are.

import {segmentText} from '../account/summary.ts';
import {sameIn, type Text, worded, wordedWithNames} from '../lesson/text.ts';
import {relativeNumbers} from '../sim/relative.ts';
import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {type Seq, seqAdd, seqDiff} from '../wire/seq.ts';
import {hasFlag, segLen, type TcpSegment} from '../wire/tcp.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {tcpNumbersSentences} from '../words/catalogue/questions.ts';
import type {Draft, Generator, Option} from './draft.ts';
import type {Draw} from './draw.ts';
import {fieldEvidence} from './fields.ts';
import {valuesLine} from './prompt.ts';
import {type Arrived, causeOf, type Sent, segmentsOf} from './segments.ts';
import {hostFirst} from './words.ts';

const option = (value: number, misconception?: string): Option => ({
  text: sameIn(String(value)),
  value: String(value),
  ...(misconception === undefined ? {} : {misconception}),
});

/** Ticks of the clock that RFC 9293 §3.4.1 names: one each 4 µs. A belief in new numbers gets the number of that clock. */
const clockNumber = (iss: Seq, elapsedUs: number): Seq => seqAdd(iss, Math.max(1, Math.floor(elapsedUs / 4)));

/** What a segment uses up, in words. */
const usesText = (segment: TcpSegment): Text => {
  const parts = [
    hasFlag(segment, 'SYN') ? tcpNumbersSentences.uses.parts.n1ForSYN : undefined,
    segment.payload.length > 0
      ? worded(tcpNumbersSentences.uses.parts.forItsData, {payloadCount: segment.payload.length})
      : undefined,
    hasFlag(segment, 'FIN') ? tcpNumbersSentences.uses.parts.n1ForFIN : undefined,
  ].flatMap((part) => part ?? []);
  if (parts.length === 0) return tcpNumbersSentences.uses.itself;
  return inEvery((language) => parts.map((part) => part[language]).join(punctuation.comma[language]));
};

/** The number form is harder: nothing to choose from. */
const asNumber = (draw: Draw): boolean => draw.below('form', 3) === 0;

type Numbers = {
  readonly right: Seq;
  readonly relative: number;
  readonly wrong: readonly Option[];
};

/** The same instant as choices or as a number to be typed. */
const answering = ({right, relative, wrong}: Numbers, draw: Draw) =>
  asNumber(draw)
    ? {
        form: 'number' as const,
        right: Number(right),
        wrong: wrong.flatMap(({value, misconception}) =>
          // A relative number is the right one, told otherwise.
          misconception === undefined || Number(value) === relative
            ? []
            : [{value: Number(value), misconception}],
        ),
        base: seqAdd(right, -relative),
      }
    : {form: 'choice' as const, right: option(right), wrong};

/** The first segment that a host sends on a connection after one has arrived there, with nothing else in between. */
type Reply = {readonly sent: Sent; readonly arrived: Arrived};

const replies = oncePer((trace: Trace): readonly Reply[] => {
  const waiting = new Map<string, Arrived>();
  const {sent, arrived} = segmentsOf(trace);
  const found: Reply[] = [];
  let next = 0;
  for (const each of sent) {
    for (let come = arrived[next]; come && come.n < each.event.n; come = arrived[next]) {
      waiting.set(come.flow, come);
      next += 1;
    }
    const last = waiting.get(each.back);
    if (last?.host === each.event.host) found.push({sent: each, arrived: last});
    waiting.delete(each.back);
  }
  return found;
});

const ackHints = (got: TcpSegment, inOrder: boolean): Draft['hints'] => [
  tcpNumbersSentences.ackHints.ackNamesThe,
  wordedWithNames(tcpNumbersSentences.ackHints.whatArrivedUses, {got: usesText(got)}),
  inOrder
    ? wordedWithNames(tcpNumbersSentences.ackHints.countOnFrom, {seq: got.seq})
    : tcpNumbersSentences.ackHints.somethingBeforeIt,
];

const ackReason = (got: TcpSegment, right: Seq): Text => {
  const uses = usesText(got);
  return seqAdd(got.seq, segLen(got)) === right
    ? wordedWithNames(tcpNumbersSentences.ackReason.seqAndIt, {seq: got.seq, uses, right})
    : wordedWithNames(tcpNumbersSentences.ackReason.everythingBeforeHas, {right});
};

const ackDraft = (trace: Trace, {sent, arrived}: Reply, draw: Draw): Draft | undefined => {
  const {event, segment} = sent;
  const numbers = relativeNumbers(trace, event.packet);
  const evidence = fieldEvidence(trace, event.packet, 'tcp.ack_raw');
  if (!numbers || !evidence || !hasFlag(segment, 'ACK')) return undefined;
  const got = arrived.segment;
  const {sent: all, arrived: come} = segmentsOf(trace);
  const before = all.filter(({flow, event: {n}}) => flow === sent.flow && n < event.n).at(-1)?.segment;
  const count = come.filter(({flow, n}) => flow === arrived.flow && n <= arrived.n).length;
  const right = segment.ack;
  const irs = seqAdd(right, -numbers.ack);
  const plusOne = seqAdd(before && hasFlag(before, 'ACK') ? before.ack : got.seq, 1);
  const wrong = [
    option(
      segLen(got) === 0 ? seqAdd(right, -1) : seqAdd(got.seq, segLen(got) - 1),
      'ack-is-last-byte-received',
    ),
    option(plusOne, 'every-packet-plus-one'),
    option(seqAdd(irs, count), 'seq-counts-packets'),
    option(numbers.ack, 'isn-zero-or-one'),
    option(seqAdd(got.seq, segLen(got))),
    option(got.seq),
    option(seqAdd(segment.seq, 1)),
  ];
  const inOrder = seqAdd(got.seq, segLen(got)) === right;
  // Beyond a gap, or known already: then what it has acknowledged before tells the number.
  const known = !inOrder && before && hasFlag(before, 'ACK') && before.ack === right ? before : undefined;
  // The very bytes that were expected, and not acknowledged: there was no room for them, or in truth they came later.
  const said = got.seq === right ? undefined : known;
  if ((!inOrder && !said) || hasFlag(got, 'RST')) return undefined;
  const host = hostFirst(event.host);
  const {prompt} = tcpNumbersSentences.ackDraft;
  const lines = said
    ? [wordedWithNames(prompt.sent, {host}), valuesLine(segmentText(said)), prompt.now]
    : [wordedWithNames(prompt.received, {host})];
  return {
    ...answering({right, relative: numbers.ack, wrong}, draw),
    prompt: [...lines, valuesLine(segmentText(got)), prompt.asks],
    hints: ackHints(got, inOrder),
    explain: ackReason(got, right),
    because: event.because,
    n: event.n,
    evidence,
  };
};

export const nextAck: Generator = {
  kind: 'next-ack',
  places: ({trace}) =>
    replies(trace)
      .filter(({sent}) => hasFlag(sent.segment, 'ACK') && !hasFlag(sent.segment, 'RST'))
      .map(({sent}) => sent.event.n),
  ask: ({trace}, place, draw) => {
    const reply = replies(trace).find(({sent}) => sent.event.n === place);
    return reply && ackDraft(trace, reply, draw);
  },
};

/** A segment, and the one that its sender had sent before it on the same connection. */
type Following = {readonly before: Sent; readonly sent: Sent; readonly again: boolean};

const followings = oncePer((trace: Trace): readonly Following[] => {
  const last = new Map<string, Sent>();
  const nexts = new Map<string, Seq>();
  const found: Following[] = [];
  for (const sent of segmentsOf(trace).sent) {
    const before = last.get(sent.flow);
    const next = nexts.get(sent.flow);
    last.set(sent.flow, sent);
    const end = seqAdd(sent.segment.seq, segLen(sent.segment));
    nexts.set(sent.flow, next === undefined || seqDiff(end, next) > 0 ? end : next);
    // A probe takes a number that is used already, to be answered (RFC 9293 §3.8.4): nothing is counted on from it.
    if (before && segLen(before.segment) === 0 && before.segment.seq !== next) continue;
    if (!before || hasFlag(sent.segment, 'RST') || hasFlag(before.segment, 'RST')) continue;
    const follows = sent.segment.seq === seqAdd(before.segment.seq, segLen(before.segment));
    const again = sent.event.retransmission && sent.segment.seq === before.segment.seq;
    if (follows || (again && timedOut(trace, sent))) found.push({before, sent, again});
  }
  return found;
});

const timedOut = (trace: Trace, {event}: Sent): boolean => {
  const cause = causeOf(trace, event);
  return cause.kind === 'timer' && cause.name === 'RTO' && cause.op === 'fire';
};

/** “a pure ACK”, “a segment with 100 bytes”: what stands fast before its number is asked for. */
const shapeText = (segment: TcpSegment) => {
  const {length} = segment.payload;
  if (hasFlag(segment, 'SYN')) return tcpNumbersSentences.shape.aSYN;
  if (hasFlag(segment, 'FIN'))
    return length > 0
      ? worded(tcpNumbersSentences.shape.bytesAndIts, {length})
      : tcpNumbersSentences.shape.itsFIN;
  return length > 0 ? worded(tcpNumbersSentences.shape.bytes, {length}) : tcpNumbersSentences.shape.aPureACK;
};

const seqHints = (before: TcpSegment, again: boolean): Draft['hints'] => [
  tcpNumbersSentences.seqHints.seqNumbersBytes,
  again ? tcpNumbersSentences.seqHints.whatIsSent : tcpNumbersSentences.seqHints.whatDidThe,
  again
    ? tcpNumbersSentences.seqHints.itIsThe
    : wordedWithNames(tcpNumbersSentences.seqHints.itUsedUp, {before: usesText(before)}),
];

const seqDraft = (trace: Trace, {before, sent, again}: Following, draw: Draw): Draft | undefined => {
  const {event, segment} = sent;
  const numbers = relativeNumbers(trace, event.packet);
  const evidence = fieldEvidence(trace, event.packet, 'tcp.seq_raw');
  if (!numbers || !evidence) return undefined;
  const own = segmentsOf(trace).sent.filter(({flow, event: {n}}) => flow === sent.flow && n < event.n);
  const right = segment.seq;
  const iss = seqAdd(right, -numbers.seq);
  const fresh = clockNumber(iss, event.atUs - (own[0]?.event.atUs ?? 0));
  const wrong = [
    ...(again && hasFlag(segment, 'SYN') ? [option(fresh, 'resent-syn-new-isn')] : []),
    ...(hasFlag(segment, 'FIN') ? [option(fresh, 'fin-random-seq')] : []),
    option(seqAdd(before.segment.seq, 1), 'every-packet-plus-one'),
    option(seqAdd(iss, own.length), 'seq-counts-packets'),
    option(numbers.seq, 'isn-zero-or-one'),
    option(before.segment.seq),
    option(seqAdd(right, -1)),
    option(seqAdd(before.segment.seq, segLen(before.segment))),
    ...(hasFlag(before.segment, 'ACK') ? [option(before.segment.ack)] : []),
  ];
  const {prompt} = tcpNumbersSentences.seqDraft;
  const uses = usesText(before.segment);
  return {
    ...answering({right, relative: numbers.seq, wrong}, draw),
    prompt: [
      wordedWithNames(prompt.given, {first: hostFirst(event.host)}),
      valuesLine(segmentText(before.segment)),
      again ? prompt.timesOut : wordedWithNames(prompt.goesOn, {shape: shapeText(segment)}),
    ],
    hints: seqHints(before.segment, again),
    explain: again
      ? wordedWithNames(tcpNumbersSentences.seqDraft.explain.theSameBytes, {right})
      : wordedWithNames(tcpNumbersSentences.seqDraft.explain.theSegmentBefore, {
          seq: before.segment.seq,
          uses,
          right,
        }),
    because: event.because,
    n: event.n,
    evidence,
  };
};

export const nextSeq: Generator = {
  kind: 'next-seq',
  places: ({trace}) => followings(trace).map(({sent}) => sent.event.n),
  ask: ({trace}, place, draw) => {
    const found = followings(trace).find(({sent}) => sent.event.n === place);
    return found && seqDraft(trace, found, draw);
  },
};
