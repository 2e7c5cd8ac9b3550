// Questions about acknowledgments that wait and small segments that wait for them: why an ACK leaves when it does (RFC 9293 §3.8.6.3), and
// when Nagle's rule lets a held segment go (RFC 9293 §3.7.4).

import {entriesOf, instantOf} from '../account/entries.ts';
import {packetOf} from '../account/packet.ts';
import {sameIn, textOf, wordedWithNames} from '../lesson/text.ts';
import {timeText} from '../lesson/value.ts';
import type {Trace} from '../sim/trace.ts';
import {hasFlag} from '../wire/tcp.ts';
import {ackReason, nagleLeaves} from '../words/catalogue/ask-tcp.ts';
import {beliefsIn, type Found, type Rejection} from './kind.ts';
import {byClause, listedKind, whereNamed} from './listed.ts';
import type {PromptPacket} from './prompt.ts';
import {rowsIn, sentLine} from './said.ts';
import {type Arrived, type Sent, segmentsOf} from './segments.ts';
import {lengthText, secondsAs} from './times.ts';

/** The reason for which an ACK is sent: a second segment, the delayed-ACK timer, data that carry it, or quick ACK mode of Linux. */
type Cause = 'second' | 'timer' | 'data' | 'quick';

/** Maps the id of a rule by which an ACK without data leaves to its cause in the question. */
const causes: {readonly [rule: string]: Cause} = {
  'linux:quick-ack/now': 'quick',
  '9293:3.8.6.3/delayed-ack/second-segment': 'second',
  '9293:3.8.6.3/delayed-ack/timer': 'timer',
};

/** The shortest time for which Linux delays an ACK (TCP_DELACK_MIN). */
const LEAST_DELAY_US = 40_000;

const carried = '9293:3.8.6.3/delayed-ack/carried';

/** Returns why the host sent this ACK now: by a rule about delayed ACKs, or with data; undefined if its time was not open. */
const causeOf = (trace: Trace, {event, segment}: Sent): Cause | undefined => {
  if (segment.payload.length === 0) return causes[event.because ?? ''];
  const isCarried = instantOf(trace, event.n).some(
    ({kind, because}) => kind === 'timer' && because === carried,
  );
  return isCarried ? 'data' : undefined;
};

/** Returns for how many µs a host delays an ACK: as its delayed-ACK timer was last set before event `n`, else first set, else 40 ms. */
const delayOf = (trace: Trace, host: string, n: number): number => {
  const armed = [...entriesOf(trace, 'timer')].filter(
    (each) => each.host === host && each.name === 'delayed-ACK' && each.op === 'arm',
  );
  const set = armed.findLast((each) => each.n < n) ?? armed[0];
  return set === undefined ? LEAST_DELAY_US : set.dueUs - set.atUs;
};

type AckGivens = {
  readonly host: string;
  /** The data segments that arrived since the host last sent something, and the time at which the last of them arrived, in µs. */
  readonly came: readonly PromptPacket[];
  readonly cameUs: number;
  /** The time in µs between the data segment before these and the first of them; undefined if no data came before. */
  readonly pauseUs: number | undefined;
  readonly left: PromptPacket;
  readonly leftUs: number;
  readonly delayUs: number;
};

const mostCame = 3;

/** Returns the data segments that reached the sender of `sent` after the segment that it sent before. */
const cameBefore = (trace: Trace, {event, back, flow}: Sent): readonly Arrived[] => {
  const {sent, arrived} = segmentsOf(trace);
  const last = sent.findLast((each) => each.flow === flow && each.event.n < event.n)?.event.n ?? 0;
  return arrived.filter(
    ({n, flow: from, segment}) => from === back && n > last && n < event.n && segment.payload.length > 0,
  );
};

/**
 * Returns the µs between the previous data segment's arrival and that of `first`; undefined if no data came before it on the connection.
 */
const pauseBefore = (trace: Trace, {n, flow, packet}: Arrived): number | undefined => {
  const earlier = segmentsOf(trace).arrived.findLast(
    (each) => each.flow === flow && each.n < n && each.segment.payload.length > 0,
  );
  return earlier && packetOf(trace, packet).dueUs - packetOf(trace, earlier.packet).dueUs;
};

const acksOf = (trace: Trace): readonly (Found<AckGivens> | Rejection)[] =>
  segmentsOf(trace).sent.flatMap((sent) => {
    const {event, segment} = sent;
    const did = hasFlag(segment, 'FIN') || hasFlag(segment, 'SYN') ? undefined : causeOf(trace, sent);
    const came = did === undefined ? [] : cameBefore(trace, sent);
    const [first, last] = [came[0], came.at(-1)];
    if (did === undefined || !first || !last || came.length > mostCame) return [];
    const lines = came.flatMap(({packet}) => {
      const own = segmentsOf(trace).sent.find((each) => each.event.packet === packet);
      return own ? [sentLine(trace, own)] : [];
    });
    const {host, packet, n, atUs} = event;
    const cameUs = packetOf(trace, last.packet).dueUs;
    return [
      {
        givens: {
          ...{host, came: lines, cameUs, pauseUs: pauseBefore(trace, first)},
          ...{left: sentLine(trace, sent), leftUs: atUs},
          delayUs: delayOf(trace, host, n),
        },
        ...{did, n, evidence: byClause(packet, '9293 §3.8.6.3', did)},
      },
    ];
  });

const ackCause = ({came, left, leftUs, cameUs, delayUs}: AckGivens): Cause | undefined => {
  const [row] = rowsIn([left]);
  if (row !== undefined && row.octets > 0) return 'data';
  if (leftUs - cameUs === delayUs) return 'timer';
  if (leftUs !== cameUs) return undefined;
  return came.length > 1 ? 'second' : 'quick';
};

const ackTimes = ({cameUs, leftUs, delayUs}: AckGivens) => secondsAs([cameUs, leftUs, delayUs]);

export const ackReasonKind = whereNamed(
  listedKind<AckGivens>({
    kind: 'ack-reason',
    form: 'choice',
    all: acksOf,
    ask(givens, called) {
      const {host, came, left, cameUs, leftUs, delayUs, pauseUs} = givens;
      const at = ackTimes(givens);
      const names = {
        ...{host: called(host).within, at: at(cameUs), segments: came.length},
        ...{isFirst: pauseUs === undefined, pause: lengthText(pauseUs ?? 0)},
      };
      return [
        ...came,
        wordedWithNames(ackReason.came, names),
        left,
        wordedWithNames(ackReason.left, {
          host: called(host).first,
          at: at(leftUs),
          delay: lengthText(delayUs),
        }),
        ackReason.asks,
      ];
    },
    solve(givens) {
      const answer = ackCause(givens);
      if (answer === undefined) return undefined;
      const {explain} = ackReason;
      const shown = {delay: lengthText(givens.delayUs), at: ackTimes(givens)(givens.leftUs)};
      return {
        answer,
        explain:
          answer === 'timer' || answer === 'quick'
            ? wordedWithNames(explain[answer], shown)
            : explain[answer],
        hints: [ackReason.hint],
      };
    },
    beliefs: beliefsIn(ackReason.beliefs, {
      second: ({came}) => (came.length === 1 ? 'second' : undefined),
      waited: ({came}) => (came.length > 1 ? 'second' : undefined),
      timer: () => 'timer',
      data: () => 'data',
      quick: () => 'quick',
    }),
    words: (value) => textOf(ackReason.choices, value) ?? sameIn(value),
  }),
);

type NagleGivens = {
  readonly host: string;
  readonly peer: string;
  /** The bytes in the segment that leaves at once and in the one that Nagle's algorithm holds back. */
  readonly first: number;
  readonly rest: number;
  readonly atUs: number;
  /** The one-way time of a packet, and for how long the other end delays its ACK, in µs. */
  readonly wayUs: number;
  readonly waitUs: number;
};

const nagleCases = ['nagle', 'nagle-part'];

/** Returns the segments that Nagle's algorithm held back until an ACK came. */
const heldOf = (trace: Trace): readonly (Found<NagleGivens> | Rejection)[] =>
  segmentsOf(trace).sent.flatMap((sent): readonly (Found<NagleGivens> | Rejection)[] => {
    const {event, segment, flow, back} = sent;
    const {n, host, packet, atUs} = event;
    if (!nagleCases.includes(trace.reasonAt?.(n)?.case ?? '')) return [];
    const {sent: all, arrived} = segmentsOf(trace);
    const first = all.findLast(
      (each) => each.flow === flow && each.event.n < n && each.segment.payload.length > 0,
    );
    const ack = arrived.findLast((each) => each.flow === back && each.n < n);
    const came = arrived.find(({packet: own}) => own === first?.event.packet);
    if (!first || !ack || !came) return ['hidden'];
    const [out, reply] = [first.event.packet, ack.packet].map((each) => packetOf(trace, each));
    if (!out || !reply || out.dueUs - out.sentUs !== reply.dueUs - reply.sentUs) return ['hidden'];
    const did = String(atUs);
    return [
      {
        givens: {
          ...{host, peer: out.to, first: first.segment.payload.length, rest: segment.payload.length},
          ...{atUs: out.sentUs, wayUs: out.dueUs - out.sentUs, waitUs: reply.sentUs - out.dueUs},
        },
        ...{did, n: first.event.n, evidence: byClause(packet, '9293 §3.7.4', did)},
      },
    ];
  });

const nagleTimes = ({atUs, wayUs, waitUs}: NagleGivens) => secondsAs([atUs, wayUs, waitUs, LEAST_DELAY_US]);

const ackAtUs = ({atUs, wayUs, waitUs}: NagleGivens): number => atUs + 2 * wayUs + waitUs;

export const nagleLeavesKind = whereNamed(
  listedKind<NagleGivens>({
    kind: 'nagle-leaves',
    form: 'choice',
    all: heldOf,
    ask(givens, called) {
      const {host, peer, first, rest, atUs, wayUs, waitUs} = givens;
      const names = {host: called(host).first, peer: called(peer).within};
      return [
        wordedWithNames(nagleLeaves.given, {...names, first, rest, at: nagleTimes(givens)(atUs)}),
        wordedWithNames(nagleLeaves.way, {
          ...{peer: called(peer).first, way: timeText(wayUs), wait: timeText(waitUs)},
          isLate: waitUs > 0,
        }),
        nagleLeaves.asks,
      ];
    },
    solve(givens, called) {
      const at = nagleTimes(givens);
      const {host, peer, atUs, wayUs, waitUs} = givens;
      const shown = {
        ...{host: called(host).within, peer: called(peer).within, isLate: waitUs > 0},
        ...{at: at(atUs), trip: timeText(2 * wayUs), wait: timeText(waitUs), due: at(ackAtUs(givens))},
      };
      return {
        answer: String(ackAtUs(givens)),
        explain: wordedWithNames(nagleLeaves.explain, shown),
        hints: [nagleLeaves.hint],
      };
    },
    beliefs: beliefsIn(nagleLeaves.beliefs, {
      atOnce: ({atUs}) => atUs,
      oneWay: ({atUs, wayUs, waitUs}) => atUs + wayUs + waitUs,
      trip: ({atUs, wayUs, waitUs}) => (waitUs > 0 ? atUs + 2 * wayUs : undefined),
      timer: ({atUs, waitUs}) => atUs + (waitUs > 0 ? waitUs : LEAST_DELAY_US),
    }),
    words: (us, givens) => sameIn(nagleTimes(givens)(Number(us))),
  }),
);
