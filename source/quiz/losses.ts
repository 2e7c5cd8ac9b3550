// A question kind: what is sent again if this packet is lost? The loss is simulated, and the answer has to follow from what is printed (RFC
// 9293 §3.8.1, RFC 6298).

import {connectionAt, entriesBetween} from '../account/entries.ts';
import {packetOf} from '../account/packet.ts';
import {type Text, wordedWithNames} from '../lesson/text.ts';
import {timeText} from '../lesson/value.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import {farEndOf} from '../wire/connection-id.ts';
import {oncePer} from '../wire/once-per.ts';
import {seqLe, seqLt} from '../wire/seq.ts';
import {hasFlag, segEnd, segLen} from '../wire/tcp.ts';
import {lossesSentences as said} from '../words/catalogue/questions.ts';
import {fieldEvidence} from './field-evidence.ts';
import {addressOf} from './host-names.ts';
import {beliefsIn, type Called, type Found, kindOf, type Rejection} from './kind.ts';
import {hasLosses} from './lost-packet.ts';
import type {PromptPacket} from './prompt.ts';
import {type Line, lineOf, printedLine, type Row, rowsIn, saidBy, sentLine} from './said.ts';
import {isSegmentSent, type Sent, segmentsOf} from './segments.ts';
import type {Asked} from './variant.ts';

/** The highest number of a packet that a question loses or delays; after early losses the difference is easy to tell. */
const early = 24;

export const touchable = oncePer((trace: Trace): readonly Sent[] =>
  hasLosses(trace)
    ? []
    : segmentsOf(trace).sent.filter(({event}) => {
        const {connection, packet, lost, retransmission} = event;
        return connection !== undefined && packet <= early && !lost && !retransmission;
      }),
);

const nobody = '0';
const givenUp = 'RST';

type Next = {
  /** The time in µs after which the next segment leaves, counted from the lost packet, or from the packet in `comes`. */
  readonly waitUs: number;
  readonly line: Line;
  /**
   * Present if a later acknowledgment replaces the lost one: the time in µs from the departure of `packet`, which it acknowledges, to its
   * arrival.
   */
  readonly comes?: {readonly afterUs: number; readonly packet: number} | undefined;
};

type DropGivens = {
  /** The lines that the question prints; the packet in the last one is lost. */
  readonly lines: readonly PromptPacket[];
  /**
   * The lost packet's sender's next segment and its time; undefined if the sender has nothing more to send or the lost packet is not a pure
   * ACK.
   */
  readonly next: Next | undefined;
  /** The retransmission timeout in µs, which is the same at both ends. */
  readonly rtoUs: number;
  /** The host that has sent its FIN and still receives data; undefined if there is none. */
  readonly reads: string | undefined;
};

/**
 * Returns the printed segment that the lost packet was the first to acknowledge; `nothing` if there is none, `unprinted` if that segment is
 * not among the lines.
 */
const confirmedBy = ({lines}: Pick<DropGivens, 'lines'>): Row | 'nothing' | 'unprinted' => {
  const before = rowsIn(lines);
  const lost = before.at(-1);
  if (lost?.ack === undefined) return 'nothing';
  const {from, to, ack} = lost;
  if (before.some((row) => row !== lost && row.from === from && row.ack === ack)) return 'nothing';
  return before.findLast((row) => row.from === to && row.length > 0 && row.end === ack) ?? 'unprinted';
};

/** Tells whether the sender of the lost packet itself has unacknowledged segments, so that its retransmission timer runs, too. */
const waitsItself = ({lines}: DropGivens): boolean => {
  const rows = rowsIn(lines);
  const lost = rows.at(-1);
  const isAcked = ({end, to}: Row): boolean =>
    rows.some(({from, ack}) => from === to && ack !== undefined && seqLe(end, ack));
  return rows.some((row) => row !== lost && row.from === lost?.from && row.length > 0 && !isAcked(row));
};

/** Tells whether the sender's next segment acknowledges a segment that the question does not print, whose time would matter. */
const saysUnprinted = ({lines, next}: DropGivens): boolean => {
  const rows = rowsIn(lines);
  const lost = rows.at(-1);
  const ack = next && saidBy(next.line)?.ack;
  if (!lost || ack === undefined || ack === lost.ack) return false;
  return !rows.some(({from, end}) => from === lost.to && end === ack);
};

type DropAnswer = {readonly who: string; readonly why: (called: Called) => Text};

const afterLoss = (givens: DropGivens): DropAnswer | undefined => {
  const {lines, next, rtoUs} = givens;
  const lost = rowsIn(lines).at(-1);
  if (!lost) return undefined;
  const known = confirmedBy(givens);
  if (known === 'unprinted' || saysUnprinted(givens)) return undefined;
  const confirmed = known === 'nothing' ? undefined : known;
  const follows = next ? saidBy(next.line) : undefined;
  const isSaidAgain = follows?.ack !== undefined && lost.ack !== undefined && seqLe(lost.ack, follows.ack);
  if (
    lost.length === 0 &&
    (confirmed === undefined || (isSaidAgain && next?.comes !== undefined && next.comes.afterUs < rtoUs))
  )
    return {
      who: nobody,
      why: () => (confirmed ? said.dropReason.nothingHasTo : said.dropReason.nobodyWaits),
    };
  if (lost.length > 0 ? follows : waitsItself(givens)) return undefined;
  const host = confirmed ? lost.to : lost.from;
  const isLonger = lost.length > 0 || waitsItself(givens);
  const why = (called: Called): Text => {
    const {first} = called(host);
    if (!confirmed) return wordedWithNames(said.dropReason.waitsForAn, {host: first});
    const after = next?.comes && timeText(next.comes.afterUs);
    return wordedWithNames(said.dropReason.waitsLonger, {
      host: first,
      other: called(lost.from).within,
      isLonger,
      rto: timeText(rtoUs),
      after,
    });
  };
  return {who: host, why};
};

const isThirdAck = ({lines}: DropGivens): boolean => {
  const [syn, , third] = rowsIn(lines);
  return lines.length === 3 && syn?.has('SYN') === true && third?.length === 0;
};

const otherEnd = ({lines}: DropGivens, who: string | undefined): string | undefined => {
  const lost = lines.at(-1);
  return who === lost?.from ? lost?.to : lost?.from;
};

/** Returns the end that does not retransmit, as the answer of a learner who takes the wrong end. */
const otherThan = (givens: DropGivens): string | undefined => {
  const who = afterLoss(givens)?.who;
  return who === nobody ? givens.lines.at(-1)?.to : otherEnd(givens, who);
};

/** Returns why the wrong end does not retransmit: it waits for nothing, its timer started later, or the acknowledgment comes in time. */
const sendsNothing = (givens: DropGivens): 'not' | 'later' | 'answered' => {
  const who = afterLoss(givens)?.who;
  const confirmed = typeof confirmedBy(givens) === 'object';
  if (who === nobody) return confirmed ? 'answered' : 'not';
  const sent = rowsIn(givens.lines).at(-1)?.length ?? 0;
  return confirmed && (sent > 0 || waitsItself(givens)) ? 'later' : 'not';
};

/** Returns the retransmission timeout in µs if both ends of the connection have the same; undefined otherwise. */
const rtoAt = (trace: Trace, {event, flow}: Sent): number | undefined => {
  const {to, from} = packetOf(trace, event.packet);
  const tcp = (host: string, connection: string) => connectionAt(trace, event.n, {host, connection})?.rtoUs;
  const [own, other] = [tcp(from, flow), tcp(to, farEndOf(flow))];
  return own !== undefined && (other === undefined || other === own) ? own : undefined;
};

const calls: readonly string[] = ['close', 'shutdown', 'abort', 'crash', 'reboot', 'connect', 'send'];

type Following = {readonly touched: Sent; readonly next: Sent; readonly waiting: Sent | undefined};

const nextOf = (trace: Trace, {touched, next, waiting}: Following): Next => {
  const {packet, atUs} = next.event;
  const afterUs = waiting && packetOf(trace, packet).dueUs - waiting.event.atUs;
  return {
    waitUs: atUs - (waiting ?? touched).event.atUs,
    line: lineOf(next.segment),
    ...(waiting && afterUs !== undefined ? {comes: {afterUs, packet: waiting.event.packet}} : {}),
  };
};

/**
 * Tells whether a segment without data repeats an old sequence number to provoke an answer (a probe); its sender probes again if no answer
 * comes.
 */
const isProbe = (own: readonly Sent[], {event, flow, segment}: Sent): boolean =>
  segLen(segment) === 0 &&
  own.some(
    (each) => each.flow === flow && each.event.n < event.n && seqLt(segment.seq, segEnd(each.segment)),
  );

/** Tells whether a segment is a probe without data, or follows one of the other end and so answers it. */
const isOfProbe = (own: readonly Sent[], touched: Sent): boolean => {
  const before = own.findLast((each) => each.flow === touched.back && each.event.n < touched.event.n);
  return isProbe(own, touched) || (before !== undefined && isProbe(own, before));
};

/** Returns the segments sent to the sender of this packet that are unacknowledged when it leaves, oldest first. */
const unackedBefore = (own: readonly Sent[], {event: {n}, back}: Sent): readonly Sent[] => {
  const acks = own.filter((each) => each.back === back && each.event.n < n && hasFlag(each.segment, 'ACK'));
  return own.filter((each) => {
    if (each.flow !== back || each.event.n > n || segLen(each.segment) === 0) return false;
    const end = segEnd(each.segment);
    return !acks.some((ack) => seqLe(end, ack.segment.ack));
  });
};

/**
 * Tells whether an ACK is a duplicate while later data is in flight; its loss would matter, since the sender counts duplicate ACKs (RFC
 * 5681 §3.2).
 */
const isDuplicate = (own: readonly Sent[], lost: Sent): boolean => {
  const {segment, event, flow} = lost;
  const before = own.findLast((each) => each.flow === flow && each.event.n < event.n);
  const isSame = before !== undefined && before.segment.ack === segment.ack;
  return segLen(segment) === 0 && isSame && unackedBefore(own, lost).length > 0;
};

/** Returns the host that has sent its FIN and is sent data after that; undefined if there is none. */
const readsOn = (trace: Trace, own: readonly Sent[], last: Sent | undefined): string | undefined => {
  const fin = own.find(({segment}) => hasFlag(segment, 'FIN'));
  const data = own.findLast(({segment}) => segment.payload.length > 0);
  if (!fin || !last || data?.flow !== fin.back || fin.event.n > last.event.n) return undefined;
  return data.event.n > fin.event.n ? packetOf(trace, fin.event.packet).from : undefined;
};

const dropFound = (asked: Asked, touched: Sent): Found<DropGivens> | Rejection => {
  const {trace} = asked;
  const {event, segment} = touched;
  const rtoUs = rtoAt(trace, touched);
  const own = segmentsOf(trace).sent.filter(({flow}) => flow === touched.flow || flow === touched.back);
  const next = own.find((each) => each.flow === touched.flow && each.event.n > event.n);
  if (rtoUs === undefined || segmentsOf(trace).sent.some((each) => each.event.retransmission))
    return 'hidden';
  if (isOfProbe(own, touched) || isDuplicate(own, touched)) return 'hidden';
  if (segLen(segment) > 0 && next && next.event.atUs - event.atUs < rtoUs) return 'hidden';
  // After a reset nobody waits any more. A segment that leaves at the same instant as the lost one is not sent later.
  if (next && (hasFlag(next.segment, 'RST') || next.event.atUs === event.atUs)) return 'hidden';
  // A SYN behind other segments opens another connection between the same ports.
  if (next && hasFlag(next.segment, 'SYN') && !hasFlag(segment, 'SYN')) return 'hidden';
  const isAgain = (each: TraceEvent): boolean =>
    each.n > event.n && isSegmentSent(each) && each.retransmission;
  const fork = asked.fork({kind: 'drop', at: {packet: event.packet}}, isAgain);
  const again = segmentsOf(fork.trace).sent.find((each) => isAgain(each.event));
  const later = [...entriesBetween(fork.trace, event.n + 1, again?.event.n ?? fork.trace.length)];
  // If a program sends or closes before the retransmission, the outcome depends on something that is not printed.
  const isActedOn = later.some((each) => each.kind === 'call' && calls.includes(each.call));
  if (isActedOn && !(next && segLen(segment) === 0)) return 'hidden';
  const before = own.filter((each) => each.event.n <= event.n).slice(-3);
  const lines = before.map((each) => sentLine(trace, each));
  // If all printed packets come from one end, it is clear which end retransmits.
  if (lines.every(({from}) => from === event.host)) return 'trivial';
  const confirmed = confirmedBy({lines});
  // The retransmission timer runs since the oldest unacknowledged segment left (RFC 6298 §5), so that segment has to be printed.
  const [oldest] = typeof confirmed === 'object' ? unackedBefore(own, touched) : [];
  if (oldest && !before.includes(oldest)) return 'hidden';
  return {
    givens: {
      lines,
      next: next && segLen(segment) === 0 ? nextOf(trace, {touched, next, waiting: oldest}) : undefined,
      rtoUs,
      reads: readsOn(trace, own, before.at(-1)),
    },
    did: again?.event.host ?? nobody,
    ...{n: event.n + 1, of: fork},
    evidence: again
      ? fieldEvidence(fork.trace, again.event.packet, 'ip.src')
      : {packet: event.packet, field: 'expression:count({sends: any, retransmission: true})', value: '0'},
    fieldValue: (host) => (host === nobody || host === givenUp ? host : addressOf(trace, host)),
  };
};

export const ifDropped = kindOf<DropGivens, Sent>({
  kind: 'if-dropped',
  form: 'choice',
  simulates: true,
  among: ({trace}) => touchable(trace),
  at: ({event}) => event.n,
  find: dropFound,
  ask({lines, next, rtoUs, reads}, called) {
    const packet = lines.at(-1)?.number ?? 0;
    const {lost, hasNothing, goesOn, comes, halfClosed, asks} = said.dropDraft.prompt;
    const length = saidBy(lines.at(-1)?.parts ?? [])?.length ?? 0;
    const reader = reads === undefined ? undefined : called(reads);
    const sender = called(lines.at(-1)?.from ?? '');
    const arrival = ({afterUs, packet: of}: NonNullable<Next['comes']>) =>
      wordedWithNames(comes, {
        ...{after: timeText(afterUs), packet: of, reads: reader !== undefined, host: reader?.first ?? ''},
      });
    const supposed = next
      ? [
          wordedWithNames(goesOn, {
            ...{packet, since: next.comes?.packet ?? packet, wait: timeText(next.waitUs)},
            host: sender.within,
          }),
          printedLine(next.line),
          ...(next.comes ? [arrival(next.comes)] : []),
        ]
      : [wordedWithNames(length > 0 ? lost : hasNothing, {packet, host: sender.first})];
    return [
      ...lines,
      ...(reader && !next?.comes ? [wordedWithNames(halfClosed, {host: reader.first})] : []),
      ...supposed,
      wordedWithNames(asks, {packet, rto: timeText(rtoUs)}),
    ];
  },
  solve(givens, called) {
    const after = afterLoss(givens);
    return (
      after && {
        answer: after.who,
        explain: after.why(called),
        hints: [said.dropHints.whoseTimerRuns, said.dropHints.aPureACK],
      }
    );
  },
  beliefs: beliefsIn(said.dropBeliefs, {
    'lost-third-ack-kills': (givens) => (isThirdAck(givens) ? givenUp : undefined),
    whoSentIt: (givens) => (afterLoss(givens)?.who === nobody ? givens.lines.at(-1)?.from : undefined),
    theOther: (givens) => (sendsNothing(givens) === 'not' ? otherThan(givens) : undefined),
    startedLater: (givens) => (sendsNothing(givens) === 'later' ? otherThan(givens) : undefined),
    isAnswered: (givens) => (sendsNothing(givens) === 'answered' ? otherThan(givens) : undefined),
    nobody: () => nobody,
  }),
  words(value, _, called) {
    if (value === nobody) return said.nobody;
    return value === givenUp ? said.givenUp : called(value).within;
  },
});
