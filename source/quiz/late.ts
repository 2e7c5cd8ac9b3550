// Questions about a segment that arrives late, after its own copy; the outcome is simulated (RFC 9293 §3.10.7.4).

import {packetOf} from '../account/packet.ts';
import {wordedWithNames} from '../lesson/text.ts';
import {timeText} from '../lesson/value.ts';
import type {Trace} from '../sim/trace.ts';
import {farEndOf} from '../wire/connection-id.ts';
import {type Seq, seqAdd, seqLe, seqLt} from '../wire/seq.ts';
import {hasFlag, segEnd, segLen} from '../wire/tcp.ts';
import {lossesSentences as said} from '../words/catalogue/questions.ts';
import {cited} from './cited.ts';
import {fieldEvidence} from './field-evidence.ts';
import {instantBefore, stateAfter} from './instants.ts';
import {beliefsIn, type Found, kindOf, type Rejection} from './kind.ts';
import {touchable} from './losses.ts';
import {type Range, receivedBefore} from './received.ts';
import {type Line, lineOf, printedLine, saidBy} from './said.ts';
import {type Sent, segmentsOf} from './segments.ts';
import type {Asked} from './variant.ts';

const delaysUs = [1_500_000, 2_500_000, 4_000_000] as const;

type DelayGivens = {
  readonly waitUs: number;
  /** The TCP state of the receiving end before the late segment arrives. */
  readonly state: string;
  readonly line: Line;
  /** The number of bytes directly behind the late segment that had arrived before it. */
  readonly more: number;
};

const ofLate =
  (
    answer: (late: {
      readonly seq: Seq;
      readonly end: Seq;
      readonly right: Seq;
      readonly more: number;
    }) => number | undefined,
  ) =>
  ({line, more}: DelayGivens): string | undefined => {
    const late = saidBy(line);
    const number = late && answer({seq: late.seq, end: late.end, right: seqAdd(late.end, more), more});
    return number === undefined ? undefined : String(number);
  };

/** Returns how many bytes directly behind a late segment have arrived before it; undefined if a FIN has arrived, too. */
const moreBehind = (trace: Trace, n: number, flow: string, [from, to]: Range): number | undefined => {
  const behind = segmentsOf(trace).arrived.filter(
    (each) => each.flow === flow && each.n < n && seqLt(from, segEnd(each.segment)),
  );
  return behind.some(({segment}) => hasFlag(segment, 'FIN') && seqLe(from, segment.seq))
    ? undefined
    : to - from;
};

const delayFound = (asked: Asked, touched: Sent, byUs: number): Found<DelayGivens> | Rejection => {
  const {event, segment} = touched;
  const {packet} = event;
  const {to} = packetOf(asked.trace, packet);
  const fork = asked.fork(
    {kind: 'delay', byUs, at: {packet}},
    (each) => each.kind === 'arrive' && each.packet === packet && each.host === to,
  );
  const {sent, arrived} = segmentsOf(fork.trace);
  const late = arrived.find((each) => each.packet === packet);
  const copy = sent.some(
    (each) => each.event.retransmission && each.flow === touched.flow && each.event.n < (late?.n ?? 0),
  );
  const answer = late && sent.find((each) => each.event.n > late.n && each.back === touched.flow);
  const has = late && receivedBefore(fork.trace).get(late.n)?.next;
  if (!answer || !copy || has === undefined) return 'hidden';
  const before = instantBefore(fork.trace, late.n);
  if (instantBefore(fork.trace, answer.event.n) !== before) return 'hidden';
  const state = stateAfter(fork.trace, before, to, farEndOf(touched.flow));
  if (!state) return 'hidden';
  const end = segEnd(segment);
  const more = moreBehind(fork.trace, late.n, touched.flow, [end, has]);
  if (more === undefined || more < 0 || !hasFlag(answer.segment, 'ACK') || hasFlag(answer.segment, 'RST'))
    return 'hidden';
  return {
    givens: {waitUs: byUs, state, line: lineOf(segment), more},
    did: String(answer.segment.ack),
    ...{n: event.n, because: cited(answer.event.because), of: fork},
    evidence: fieldEvidence(fork.trace, answer.event.packet, 'tcp.ack_raw'),
  };
};

export const ifDelayed = kindOf<DelayGivens, Sent>({
  kind: 'if-delayed',
  form: 'choice',
  simulates: true,
  among: ({trace}) =>
    touchable(trace)
      // Systems differ in whether a retransmitted SYN carries its data again (RFC 7413 §4.1.3).
      .filter(({segment}) => segLen(segment) > 0 && !(hasFlag(segment, 'SYN') && segment.payload.length > 0)),
  at: ({event}) => event.n,
  find: (asked, touched, draw) => delayFound(asked, touched, draw.one('delay', delaysUs) ?? delaysUs[0]),
  ask: ({waitUs, state, line, more}) => [
    wordedWithNames(said.delayDraft.prompt.given, {wait: timeText(waitUs)}),
    printedLine(line),
    wordedWithNames(said.delayDraft.prompt.asks, {state, more, reads: state === 'FIN-WAIT-2'}),
  ],
  solve(givens) {
    const late = saidBy(givens.line);
    const right = ofLate((each) => each.right)(givens);
    if (!late || right === undefined) return undefined;
    const {explain, hints} = said.delayDraft;
    return {
      answer: right,
      explain: wordedWithNames(explain, {last: seqAdd(late.end, -1), more: givens.more, right}),
      hints: [hints.whatItBrings, hints.ackSaysWhat],
    };
  },
  beliefs: beliefsIn(said.delayDraft.beliefs, {
    'ack-is-last-byte-received': ofLate(({right}) => seqAdd(right, -1)),
    back: ofLate(({end, more}) => (more > 0 ? end : undefined)),
    twice: ofLate(({seq, end, right}) => seqAdd(right, end - seq)),
    asItCame: ofLate(({seq, end}) => (end - seq > 1 ? seq : undefined)),
  }),
});
