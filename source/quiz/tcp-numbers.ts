// Questions about seq and ack (RFC 9293 §3.4): what the next segment says.

import {hash32} from '../lesson/hash.ts';
import {type Text, worded, wordedWithNames} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {farEndOf} from '../wire/connection-id.ts';
import {oncePer} from '../wire/once-per.ts';
import {type Seq, seq, seqAdd, seqDiff, seqLe} from '../wire/seq.ts';
import {hasFlag, segLen} from '../wire/tcp.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {tcpNumbersSentences as said} from '../words/catalogue/questions.ts';
import {fieldEvidence} from './fields.ts';
import {firstOf, stateAfter} from './instants.ts';
import {kindOf, type Solution} from './kind.ts';
import {type PromptLine, valuesLine} from './prompt.ts';
import {type Range, receivedBefore, takenIn} from './received.ts';
import {type Line, lineOf, printedLine, type Said, saidBy} from './said.ts';
import {type Arrived, causeOf, type Sent, segmentsOf, withoutEnd} from './segments.ts';

/** What a segment uses up, in words. */
const usesText = ({has, octets}: Said): Text => {
  const parts = [
    has('SYN') ? said.uses.parts.n1ForSYN : undefined,
    octets > 0 ? worded(said.uses.parts.forItsData, {payloadCount: octets}) : undefined,
    has('FIN') ? said.uses.parts.n1ForFIN : undefined,
  ].flatMap((part) => part ?? []);
  if (parts.length === 0) return said.uses.itself;
  return inEvery((language) => parts.map((part) => part[language]).join(punctuation.comma[language]));
};

/** Where the numbers of one end began, and how many segments of it there have been. */
type Begun = {readonly first: Seq | undefined; readonly count: number};

/** A number that counts from the first one, as tools show it. */
const relative = (number: Seq, {first}: Begun): string | undefined =>
  first === undefined ? undefined : String(seqDiff(number, first));

const counting = ({first, count}: Begun): string | undefined =>
  first === undefined ? undefined : String(seqAdd(first, count));

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
    const answers = hasFlag(each.segment, 'ACK') && !hasFlag(each.segment, 'RST');
    if (last?.host === each.event.host && answers) found.push({sent: each, arrived: last});
    waiting.delete(each.back);
  }
  return found;
});

/** A SYN with data, or one where a connection stands already, is answered by rules of systems and of states. */
const isMatterOfMore = (trace: Trace, {n, host, flow, segment}: Arrived, next: Seq | undefined): boolean => {
  if (!hasFlag(segment, 'SYN')) return false;
  const state = stateAfter(trace, firstOf(trace, n) - 1, host, farEndOf(flow));
  const isOpen = state !== undefined && state !== 'LISTEN' && state !== 'SYN-SENT';
  return segment.payload.length > 0 || next !== undefined || isOpen;
};

type Had = Begun & {/** RCV.NXT. */ readonly next: Seq; readonly held: readonly Range[]};

type AckGivens = {
  readonly host: string;
  /** undefined: nothing has come. */
  readonly had: Had | undefined;
  readonly got: Line;
};

const rangeText = ([from, to]: Range): string => `${from}–${seqAdd(to, -1)}`;

const receivedLine = ({next, held, first, count}: Had): PromptLine =>
  valuesLine(
    worded(said.ackDraft.values, {
      next: String(next),
      first: first === undefined ? undefined : String(first),
      count,
      held: held.length === 0 ? undefined : held.map(rangeText).join(' '),
    }),
  );

/** What is acknowledged once this has come. */
const acknowledged = ({had, got}: AckGivens): Seq | undefined => {
  const segment = saidBy(got);
  if (!segment || segment.has('RST')) return undefined;
  if (!had) return segment.has('SYN') ? segment.end : undefined;
  return takenIn(had.next, had.held, [segment.seq, segment.end]).next;
};

const ackSolved = (givens: AckGivens): Solution | undefined => {
  const segment = saidBy(givens.got);
  const right = acknowledged(givens);
  if (!segment || right === undefined) return undefined;
  const {ackHints, ackReason} = said;
  const next = givens.had?.next;
  const uses = usesText(segment);
  const fits = seqLe(segment.seq, next ?? segment.seq) && seqLe(right, segment.end) && segment.length > 0;
  const isGap = seqDiff(segment.seq, next ?? segment.seq) > 0;
  const filled = !isGap && !seqLe(right, segment.end) && segment.length > 0 && right !== next;
  return {
    answer: String(right),
    explain: fits
      ? wordedWithNames(ackReason.seqAndIt, {seq: segment.seq, uses, right})
      : wordedWithNames(filled ? ackReason.theGapIs : ackReason.everythingBeforeHas, {right}),
    hints: [
      ackHints.ackNamesThe,
      wordedWithNames(ackHints.whatArrivedUses, {got: uses}),
      fits ? wordedWithNames(ackHints.countOnFrom, {seq: segment.seq}) : ackHints.lookWhereThe,
    ],
  };
};

const ofGot = (answer: (got: Said, givens: AckGivens) => number | undefined) => (givens: AckGivens) => {
  const got = saidBy(givens.got);
  const number = got && answer(got, givens);
  return number === undefined ? undefined : String(number);
};

export const nextAck = kindOf<AckGivens>({
  kind: 'next-ack',
  form: 'numeral',
  places: ({trace}) => replies(trace).map(({sent}) => sent.event.n),
  find({trace}, place) {
    const reply = replies(trace).find(({sent}) => sent.event.n === place);
    const before = reply && receivedBefore(trace).get(reply.arrived.n);
    if (!reply || !before || isMatterOfMore(trace, reply.arrived, before.next)) return 'hidden';
    const {event, segment} = reply.sent;
    const {next, held, first, count} = before;
    return {
      givens: {
        host: event.host,
        had: next === undefined ? undefined : {next, held, first, count},
        got: lineOf(reply.arrived.segment),
      },
      did: String(segment.ack),
      ...{n: event.n, because: event.because, evidence: fieldEvidence(trace, event.packet, 'tcp.ack_raw')},
    };
  },
  ask: (givens, called) => [
    wordedWithNames(givens.had ? said.ackDraft.prompt.has : said.ackDraft.prompt.fresh, {
      host: called(givens.host).first,
      answers: saidBy(givens.got)?.ack !== undefined,
    }),
    ...(givens.had ? [receivedLine(givens.had)] : []),
    said.ackDraft.prompt.now,
    printedLine(givens.got),
    said.ackDraft.prompt.asks,
  ],
  solve: ackSolved,
  beliefs: [
    {
      misconception: 'ack-is-last-byte-received',
      answers: (givens) => {
        const right = acknowledged(givens);
        return right === undefined ? undefined : String(seqAdd(right, -1));
      },
    },
    {
      misconception: 'every-packet-plus-one',
      answers: ofGot((got, {had}) => (got.length === 1 || !had ? undefined : seqAdd(had.next, 1))),
    },
    {
      misconception: 'seq-counts-packets',
      answers: ({had}) => (had && had.count > 1 ? counting({...had, count: had.count + 1}) : undefined),
    },
    {
      misconception: 'isn-zero-or-one',
      answers: (givens) => {
        const right = acknowledged(givens);
        const got = saidBy(givens.got);
        const first = givens.had?.first ?? (got?.has('SYN') ? got.seq : undefined);
        return right === undefined ? undefined : relative(right, {first, count: 0});
      },
    },
    {
      misconception: 'seq-upper-bound',
      answers: (givens) => {
        const right = acknowledged(givens);
        const from = givens.had?.next ?? saidBy(givens.got)?.seq;
        return right === undefined || from === undefined ? undefined : withoutEnd(from, seqDiff(right, from));
      },
    },
    {
      says: said.ackDraft.beliefs.asItCame,
      answers: ofGot(({seq: number, length}) => (length > 1 ? number : undefined)),
    },
    {
      says: said.ackDraft.beliefs.overTheGap,
      answers: ofGot(({end, seq: number}, {had}) => (had && seqDiff(number, had.next) > 0 ? end : undefined)),
    },
    {says: said.ackDraft.beliefs.theOthers, answers: ofGot(({ack}) => ack)},
  ],
});

/** A segment, and the one that its sender had sent before it on the same connection. */
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
    const end = seqAdd(segment.seq, segLen(segment));
    const first = own?.first ?? (hasFlag(segment, 'SYN') ? segment.seq : undefined);
    const next = own && seqLe(end, own.next) ? own.next : end;
    ends.set(sent.flow, {first, count: (own?.count ?? 0) + 1, next, last: sent});
    if (!own || hasFlag(segment, 'RST') || hasFlag(own.last.segment, 'RST')) continue;
    const before = own.last;
    // A probe takes a number that is used already, to be answered (RFC 9293 §3.8.4): nothing is counted on from it.
    const isProbe = ({segment: each}: Sent): boolean => segLen(each) === 0 && each.seq !== own.next;
    if (isProbe(before) || isProbe(sent)) continue;
    const again = event.retransmission && timedOut(trace, sent);
    const isNews = !event.retransmission && !hasFlag(segment, 'SYN');
    if (again ? segLen(before.segment) > 0 : isNews) found.push({before, sent, again, begun: own});
  }
  return found;
});

const timedOut = (trace: Trace, {event}: Sent): boolean => {
  const cause = causeOf(trace, event);
  return cause.kind === 'timer' && cause.name === 'RTO' && cause.op === 'fire';
};

type SeqGivens = Begun & {
  readonly host: string;
  readonly before: Line;
  /** What stands fast before its number is asked for; `again`: what was sent before, and is the only segment under way. */
  readonly shape: 'again' | {readonly octets: number; readonly fin: boolean};
};

/** “a pure ACK”, “a segment with 100 bytes”. */
const shapeText = (shape: Exclude<SeqGivens['shape'], 'again'>): Text => {
  const {octets: length, fin} = shape;
  if (fin) return length > 0 ? worded(said.shape.bytesAndIts, {length}) : said.shape.itsFIN;
  return length > 0 ? worded(said.shape.bytes, {length}) : said.shape.aPureACK;
};

/** Whether nothing but the last segment is unacknowledged there. */
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
      : wordedWithNames(seqDraft.explain.theSegmentBefore, {seq: last.seq, uses, right}),
    hints: [
      seqHints.seqNumbersBytes,
      again ? seqHints.whatIsSent : seqHints.whatDidThe,
      again ? seqHints.itIsThe : wordedWithNames(seqHints.itUsedUp, {before: uses}),
    ],
  };
};

/** A number that nothing explains: as a clock or a die would give it. */
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
  const {first, count} = begun;
  return {
    givens: {
      host: event.host,
      first,
      count,
      before: lineOf(before.segment),
      shape: again ? ('again' as const) : shape,
    },
    did: String(segment.seq),
    ...{n: event.n, evidence: fieldEvidence(trace, event.packet, 'tcp.seq_raw')},
  };
};

export const nextSeq = kindOf<SeqGivens>({
  kind: 'next-seq',
  form: 'numeral',
  places: ({trace}) => followings(trace).map(({sent}) => sent.event.n),
  find({trace}, place) {
    const found = followings(trace).find(({sent}) => sent.event.n === place);
    return found ? seqFound(trace, found) : 'hidden';
  },
  ask({host, first, count, before, shape}, called) {
    const {prompt, values} = said.seqDraft;
    return [
      wordedWithNames(prompt.given, {first: called(host).first}),
      valuesLine(worded(values, {first: first === undefined ? undefined : String(first), count})),
      printedLine(before),
      shape === 'again' ? prompt.timesOut : wordedWithNames(prompt.goesOn, {shape: shapeText(shape)}),
    ];
  },
  solve: seqSolved,
  beliefs: [
    {
      misconception: 'resent-syn-new-isn',
      answers: (givens) =>
        givens.shape === 'again' && saidBy(givens.before)?.has('SYN') ? fresh(givens) : undefined,
    },
    {misconception: 'fin-random-seq', answers: (givens) => (isFin(givens) ? fresh(givens) : undefined)},
    {
      misconception: 'every-packet-plus-one',
      answers: ofLast(({seq: number, length}) => (length === 1 ? undefined : seqAdd(number, 1))),
    },
    {
      misconception: 'seq-counts-packets',
      answers: (givens) => (givens.count < 3 ? undefined : counting(givens)),
    },
    {
      misconception: 'isn-zero-or-one',
      answers: (givens) => {
        const solved = seqSolved(givens);
        return solved && typeof solved.answer === 'string'
          ? relative(seq(Number(solved.answer)), givens)
          : undefined;
      },
    },
    {
      misconception: 'seq-upper-bound',
      answers: ({before, shape}) => {
        const last = saidBy(before);
        return last && shape !== 'again' ? withoutEnd(last.seq, last.length) : undefined;
      },
    },
    {
      says: said.seqDraft.beliefs.staysUntil,
      answers: ofLast(({seq: number, length}, {shape}) =>
        length > 0 && shape !== 'again' ? number : undefined,
      ),
    },
    {says: said.seqDraft.beliefs.theOthers, answers: ofLast(({ack}) => ack)},
    {
      says: said.seqDraft.beliefs.goesOn,
      answers: ofLast(({end}, {shape}) => (shape === 'again' ? end : undefined)),
    },
    {
      says: said.seqDraft.beliefs.lastByte,
      answers: ofLast(({end, length}) => (length > 1 ? seqAdd(end, -1) : undefined)),
    },
  ],
});
