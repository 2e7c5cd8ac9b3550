// A question kind about sequence numbers (RFC 9293 §3.4): the seq of the next segment.

import {hash32} from '../lesson/hash.ts';
import {type Text, worded, wordedWithNames} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {type Seq, seq, seqAdd, seqLe} from '../wire/seq.ts';
import {hasFlag, segEnd, segLen} from '../wire/tcp.ts';
import {tcpNumbersSentences as said} from '../words/catalogue/questions.ts';
import {type Begun, counting, relative, usesText, withSegment} from './begun.ts';
import {fieldEvidence} from './field-evidence.ts';
import {causeOf} from './instants.ts';
import {beliefsIn, kindOf, type Solution} from './kind.ts';
import {numbersLine, valuesLine} from './prompt.ts';
import {type Line, lineOf, printedLine, type Said, saidBy} from './said.ts';
import {type Sent, segmentsOf, withoutEnd} from './segments.ts';
import {sumText} from './sums.ts';

/** A TCP segment and the one that its sender sent before it on the same connection. */
type Following = {
  readonly before: Sent;
  readonly sent: Sent;
  readonly again: boolean;
  readonly begun: Begun;
};

type Sending = Begun & {readonly next: Seq; readonly last: Sent};

const followings = oncePer((trace: Trace): readonly Following[] => {
  const ends = new Map<string, Sending>();
  const found: Following[] = [];
  for (const sent of segmentsOf(trace).sent) {
    const {segment, event} = sent;
    const known = ends.get(sent.flow);
    const isNew = hasFlag(segment, 'SYN') && known?.first !== segment.seq;
    const own = isNew ? undefined : known;
    const end = segEnd(segment);
    const next = own && seqLe(end, own.next) ? own.next : end;
    ends.set(sent.flow, {...withSegment(own, segment), next, last: sent});
    if (!own || hasFlag(segment, 'RST') || hasFlag(own.last.segment, 'RST')) continue;
    const before = own.last;
    // A probe uses an old number to provoke an answer (RFC 9293 §3.8.4), so the next number does not follow from it.
    const isProbe = ({segment: each}: Sent): boolean => segLen(each) === 0 && each.seq !== own.next;
    if (isProbe(before) || isProbe(sent)) continue;
    const again = event.retransmission && timedOut(trace, sent);
    const isNews = !event.retransmission && !hasFlag(segment, 'SYN');
    if (again ? segLen(before.segment) > 0 : isNews) found.push({before, sent, again, begun: own});
  }
  return found;
});

const timedOut = (trace: Trace, {event}: Sent): boolean => {
  const cause = causeOf(trace, event.n);
  return cause.kind === 'timer' && cause.name === 'RTO' && cause.op === 'fire';
};

type SeqGivens = Begun & {
  readonly host: string;
  readonly before: Line;
  /** The segment whose seq is asked for, as the question tells it; `again` means that it repeats the only unacknowledged segment. */
  readonly shape: 'again' | {readonly octets: number; readonly fin: boolean};
};

/** Returns a text such as “a pure ACK” or “a segment with 100 bytes”. */
const shapeText = (shape: Exclude<SeqGivens['shape'], 'again'>): Text => {
  const {octets: length, fin} = shape;
  if (fin) return length > 0 ? worded(said.shape.bytesAndIts, {length}) : said.shape.itsFIN;
  return length > 0 ? worded(said.shape.bytes, {length}) : said.shape.aPureACK;
};

/** Tells whether the sender's previous segment is the only one that is unacknowledged. */
const isAlone = (trace: Trace, {before, sent}: Following): boolean => {
  const come = segmentsOf(trace).arrived.filter(({flow, n}) => flow === sent.back && n < sent.event.n);
  const acked = come.flatMap(({segment}) => (hasFlag(segment, 'ACK') ? [segment.ack] : []));
  return hasFlag(before.segment, 'SYN') || acked.some((ack) => ack === before.segment.seq);
};

const seqSolved = ({before, shape}: SeqGivens): Solution | undefined => {
  const last = saidBy(before);
  if (!last) return undefined;
  const {seqHints, seqDraft} = said;
  const again = shape === 'again';
  const right = again ? last.seq : last.end;
  const uses = usesText(last);
  return {
    answer: String(right),
    explain: again
      ? wordedWithNames(seqDraft.explain.theSameBytes, {right})
      : wordedWithNames(seqDraft.explain.theSegmentBefore, {
          ...{seq: last.seq, uses},
          sum: last.length > 0 ? sumText(last.seq, last.length) : right,
        }),
    hints: [
      seqHints.seqNumbersBytes,
      again ? seqHints.whatIsSent : seqHints.whatDidThe,
      again ? seqHints.itIsThe : wordedWithNames(seqHints.itUsedUp, {before: uses}),
    ],
  };
};

const firstOf = ({first, before}: SeqGivens): Seq | undefined => {
  const last = saidBy(before);
  return last?.has('SYN') ? last.seq : first;
};

/**
 * Returns a random-looking sequence number, as a learner expects who thinks that each segment gets a new one; undefined if the previous
 * segment is not printed.
 */
const fresh = ({before, host}: SeqGivens): string | undefined => {
  const last = saidBy(before);
  return last && String(seqAdd(last.seq, 1_000_000 + (hash32(`${host} ${last.seq}`) % 4_000_000)));
};

const isFin = ({shape}: SeqGivens): boolean => shape !== 'again' && shape.fin;

const ofLast = (answer: (last: Said, givens: SeqGivens) => number | undefined) => (givens: SeqGivens) => {
  const last = saidBy(givens.before);
  const number = last && answer(last, givens);
  return number === undefined ? undefined : String(number);
};

const seqFound = (trace: Trace, following: Following) => {
  const {before, sent, again, begun} = following;
  const {event, segment} = sent;
  if (again && !isAlone(trace, following)) return 'hidden';
  const shape = {octets: segment.payload.length, fin: hasFlag(segment, 'FIN')};
  // After a SYN the question counts one segment, whatever was retransmitted, because the SYN itself is printed.
  const isOfSyn = hasFlag(before.segment, 'SYN');
  const {first, early, count} = isOfSyn ? {first: undefined, early: undefined, count: 1} : begun;
  return {
    givens: {
      host: event.host,
      ...{first, early, count},
      before: lineOf(before.segment),
      shape: again ? ('again' as const) : shape,
    },
    did: String(segment.seq),
    ...{n: event.n, evidence: fieldEvidence(trace, event.packet, 'tcp.seq_raw')},
  };
};

export const nextSeq = kindOf<SeqGivens, Following>({
  kind: 'next-seq',
  form: ({shape, before}) => (shape === 'again' && saidBy(before)?.has('SYN') ? 'choice' : 'numeral'),
  counts: 'seq',
  among: ({trace}) => followings(trace),
  at: ({sent}) => sent.event.n,
  find: ({trace}, following) => seqFound(trace, following),
  ask({host, first, early, count, before, shape}, called, initial) {
    const {prompt, values} = said.seqDraft;
    return [
      wordedWithNames(prompt.given, {first: called(host).first}),
      ...(first === undefined
        ? []
        : [
            numbersLine(initial?.asked, (written) =>
              worded(values.first, {first: written(first), early: early ?? 0}),
            ),
          ]),
      ...(count > 1 ? [worded(values.count, {count}), values.last] : []).map(valuesLine),
      printedLine(before, initial && {seq: initial.asked, ack: initial.other}),
      shape === 'again'
        ? worded(prompt.timesOut, {alone: count === 1})
        : wordedWithNames(prompt.goesOn, {shape: shapeText(shape)}),
    ];
  },
  solve: seqSolved,
  beliefs: beliefsIn(said.seqDraft.beliefs, {
    'resent-syn-new-isn': (givens) =>
      givens.shape === 'again' && saidBy(givens.before)?.has('SYN') ? fresh(givens) : undefined,
    'fin-random-seq': (givens) => (isFin(givens) ? fresh(givens) : undefined),
    'every-packet-plus-one': ofLast(({seq: number, length}) =>
      length === 1 ? undefined : seqAdd(number, 1),
    ),
    'seq-counts-packets': (givens) =>
      givens.count < 3 ? undefined : counting({...givens, first: firstOf(givens)}),
    'isn-zero-or-one': (givens) => {
      const solved = seqSolved(givens);
      return solved && typeof solved.answer === 'string'
        ? relative(seq(Number(solved.answer)), {first: firstOf(givens)})
        : undefined;
    },
    'seq-upper-bound': ({before, shape}) => {
      const last = saidBy(before);
      return last && shape !== 'again' ? withoutEnd(last.seq, last.length) : undefined;
    },
    staysUntil: ofLast(({seq: number, length}, {shape}) =>
      length > 0 && shape !== 'again' ? number : undefined,
    ),
    theOthers: ofLast(({ack}) => ack),
    goesOn: ofLast(({end}, {shape}) => (shape === 'again' ? end : undefined)),
    lastByte: ofLast(({end, length}) => (length > 1 ? seqAdd(end, -1) : undefined)),
  }),
});
