// A question kind: which of the printed packets was lost? The retransmission that followed shows it (RFC 9293 §3.8.1).

import {entriesOf} from '../account/entries.ts';
import {fateIn} from '../account/fates.ts';
import {worded, wordedWithNames} from '../lesson/text.ts';
import type {EventOf, Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {seqLe} from '../wire/seq.ts';
import {segLen} from '../wire/tcp.ts';
import {lossesSentences as said} from '../words/catalogue/questions.ts';
import {writtenHost} from './host-names.ts';
import {beliefsIn, kindOf, type Rejection} from './kind.ts';
import type {PromptPacket} from './prompt.ts';
import {type Row, rowsIn, sentLine} from './said.ts';
import {type Sent, segmentsOf} from './segments.ts';

const drops = oncePer((trace: Trace): readonly EventOf<'drop'>[] =>
  [...entriesOf(trace, 'drop')].filter(({packet}) => packet > 0),
);

/** Tells whether a packet was lost on the path, rather than dropped by a host. */
const isLoss = (drop: EventOf<'drop'>): boolean => {
  const {what, reason} = fateIn(drop);
  return what === 'lost' && (reason === 'fault' || reason === 'loss');
};

export const hasLosses = (trace: Trace): boolean => drops(trace).some(isLoss);

type Loss = {readonly drop: EventOf<'drop'>; readonly again: Sent};

/** Returns the first loss of a run and the retransmission after it; undefined if another packet was lost before the retransmission. */
const onlyLoss = oncePer((trace: Trace): Loss | undefined => {
  const [drop, second] = drops(trace);
  const again = segmentsOf(trace).sent.find(
    ({event}) => event.retransmission && drop !== undefined && event.n > drop.n,
  );
  if (!drop || !isLoss(drop) || !again || (second && second.n < again.event.n)) return undefined;
  return {drop, again};
});

/** The printed packets, in the order in which they left. */
type Givens = {readonly lines: readonly PromptPacket[]};

type Told = {
  readonly first: Row;
  readonly again: Row;
  /** The only printed packet between the two copies that acknowledges their data. */
  readonly ack: Row;
};

/**
 * Tells whether two lines are copies of one segment. A SYN,ACK that repeats the number of a SYN is no copy of it (RFC 9293 §3.5, figure 7).
 */
const isCopy = (one: Row, other: Row): boolean =>
  (['SYN', 'FIN', 'ACK'] as const).every((flag) => one.has(flag) === other.has(flag));

/**
 * Returns the two copies of a segment and the ACK between them, which must have been lost; undefined if there are none or the answer takes
 * no thought.
 */
const toldIn = ({lines}: Givens): Told | undefined => {
  const rows = rowsIn(lines);
  const isSame = (one: Row, other: Row): boolean => one.from === other.from && one.seq === other.seq;
  const at = rows.findIndex((row, index) =>
    rows.slice(0, index).some((each) => row.length > 0 && each.length > 0 && isSame(each, row)),
  );
  // If a segment was sent three times, more than one packet may have been lost.
  const isOften = rows.some(
    (row) => row.length > 0 && rows.filter((each) => each.length > 0 && isSame(each, row)).length > 2,
  );
  const again = isOften ? undefined : rows[at];
  const from = rows.findIndex((row) => again && row.length > 0 && isSame(row, again));
  const first = rows[from];
  if (!first || !again || !isCopy(first, again)) return undefined;
  const acks = rows
    .slice(from, at)
    .filter((row) => row.from !== again.from && row.ack !== undefined && seqLe(first.end, row.ack));
  const [ack] = acks;
  // The end that sent the lost packet must have another packet among the lines, so that the answer takes thought.
  const isAlone = rows.filter(({from: end}) => end === ack?.from).length < 2;
  return ack && acks.length === 1 && !isAlone ? {first, again, ack} : undefined;
};

const mostLines = 6;
/**
 * A fourth line is needed, because with only the two copies and the lost packet between them, the lost one would always be in the middle.
 */
const leastLines = 4;
/**
 * How many lines may precede the first copy and follow the second one. The numbers are drawn, so that the position does not give away the
 * lost packet.
 */
const around: readonly number[] = [0, 1, 2, 3];
const arrangements = around.flatMap((before) => around.map((after) => ({before, after})));

/**
 * Returns the connection's packets from the first copy to the retransmission with `before` and `after` lines around them, or the reason why
 * they cannot be printed.
 */
const linesAround = (
  trace: Trace,
  {again, drop}: Loss,
  {before, after}: (typeof arrangements)[number],
): readonly PromptPacket[] | Rejection => {
  const own = segmentsOf(trace).sent.filter(({flow}) => flow === again.flow || flow === again.back);
  const first = own.findIndex(
    ({flow, segment}) => flow === again.flow && segment.seq === again.segment.seq && segLen(segment) > 0,
  );
  const [from, to] = [first - before, own.indexOf(again) + 1 + after];
  if (first < 0 || from < 0 || to > own.length) return 'hidden';
  const rows = own.slice(from, to);
  if (rows.length > mostLines) return 'wide';
  if (rows.length < leastLines) return 'trivial';
  const isOther = ({event}: Sent): boolean => event.packet !== drop.packet && event.lost;
  return rows.some(isOther) ? 'hidden' : rows.map((each) => sentLine(trace, each));
};

export const whichPacketLost = kindOf<Givens, Loss>({
  kind: 'which-packet-lost',
  form: 'packet',
  among: ({trace}) => [onlyLoss(trace)].flatMap((loss) => loss ?? []),
  at: () => 1,
  find({trace}, loss, draw) {
    const tried = draw.shuffled('around', arrangements).map((each) => linesAround(trace, loss, each));
    const lines = tried.find((each) => typeof each !== 'string' && toldIn({lines: each}));
    if (typeof lines !== 'object') return tried.some((each) => typeof each !== 'string') ? 'trivial' : 'wide';
    const {drop, again} = loss;
    const value = String(drop.packet);
    return {
      givens: {lines},
      ...{did: value, n: again.event.n},
      evidence: {
        packet: drop.packet,
        field: `expression:first({drops: ${writtenHost(drop.host)}, nth: 1}).frame.number`,
        value,
      },
    };
  },
  ask: ({lines}) => [...lines, said.whichPacketLost.prompt],
  solve(givens) {
    const told = toldIn(givens);
    if (!told) return undefined;
    const {first, again, ack} = told;
    const named = {packet: ack.number, first: first.number, again: again.number};
    return {
      answer: String(ack.number),
      explain: wordedWithNames(said.whichPacketLost.explain, named),
      hints: [said.lossHints.somethingIsSent, said.lossHints.lookForThe, said.lossHints.theFirstCopy],
    };
  },
  beliefs: beliefsIn(said.whichPacketLost.beliefs, {
    // This belief takes the segment that the ACK's number asks for next as the lost one.
    'ack-names-lost'(givens) {
      const told = toldIn(givens);
      const named = rowsIn(givens.lines).find(
        ({from, seq}) => from === told?.again.from && seq === told.ack.ack,
      );
      return named && String(named.number);
    },
    always(givens) {
      const told = toldIn(givens);
      return told && String(told.first.number);
    },
  }),
  astray(packet, givens) {
    const told = toldIn(givens);
    const named = {packet, first: told?.first.number ?? packet};
    return packet === told?.again.number
      ? worded(said.whichPacketLost.repetition, named)
      : worded(said.whichPacketLost.astray, named);
  },
});
