// Which marks a packet should have by our reasons for sending it, and by which names tshark's differ.
import {hasFlag, segLen, TcpFlag} from '../../../source/wire/tcp.ts';
import {type Mark, markNames, type Sent} from './marks.ts';

const says = ({event}: Sent, pattern: RegExp): boolean => pattern.test(event.because ?? '');

const isProbe = (sent: Sent): boolean => says(sent, /persist\/probe|keep-?alive/);

/** Reasons to acknowledge again what was acknowledged before. */
const again =
  /text\/out-of-order|fin\/out-of-order|sequence\/duplicate|sequence\/repeated|ack\/time-wait|linux:time-wait\/answer/;

const expectedOf: {readonly [name in Mark]: (sent: Sent) => boolean} = {
  retransmission: ({event}) => event.retransmission,
  fast_retransmission: (sent) => sent.event.retransmission && says(sent, /fast-retransmit|recovery/),
  duplicate_ack: (sent) => segLen(sent.segment) === 0 && !hasFlag(sent.segment, 'RST') && says(sent, again),
  zero_window: ({segment}) =>
    segment.window === 0 && (segment.flags & (TcpFlag.SYN | TcpFlag.FIN | TcpFlag.RST)) === 0,
  window_update: (sent) => says(sent, /window-update/),
  // Who sends in order sees nothing out of order in its own capture.
  out_of_order: () => false,
  // The RST that follows the last probe is none.
  keep_alive: (sent) => isProbe(sent) && !hasFlag(sent.segment, 'RST'),
};

/** A reason why tshark, which sees segments and not reasons, says otherwise. `missing`: it leaves the mark out. */
type Difference = {
  readonly name: string;
  readonly mark: Mark;
  readonly kind: 'missing' | 'added';
  readonly holds: (sent: Sent) => boolean;
};

const lastHeard = ({heard}: Sent) => heard.at(-1)?.segment;

/** The window on a SYN is never scaled, so the next segment shows another one (RFC 7323 §2.2). */
const followsSyn = ({segment, earlier}: Sent): boolean => {
  const before = earlier.at(-1)?.segment;
  return (
    before !== undefined &&
    hasFlag(before, 'SYN') &&
    segLen(segment) === 0 &&
    before.ack === segment.ack &&
    before.window !== segment.window
  );
};

/** Sent within the first round-trip time after the segment that reaches furthest: to tshark it may have overtaken. */
const comesSoon = ({event, earlier, heard}: Sent): boolean => {
  const [first] = earlier;
  // Who was called has heard the SYN before.
  const answer = first && heard.find(({atUs}) => atUs > first.event.atUs);
  if (!event.retransmission || !answer) return false;
  const reach = ({segment}: Sent): number => (segment.seq + segLen(segment) - first.segment.seq) >>> 0;
  const furthest = earlier.reduce((best, each) => (reach(each) > reach(best) ? each : best), first);
  return event.atUs - furthest.event.atUs < answer.atUs - first.event.atUs;
};

/** A second connection of the port began with the first one's number: tshark keeps counting where the first one ended. */
const isReused = ({earlier}: Sent): boolean =>
  earlier.some(({segment}, index) =>
    earlier
      .slice(0, index)
      .some(
        (before) =>
          hasFlag(segment, 'SYN') && hasFlag(before.segment, 'SYN') && before.segment.seq === segment.seq,
      ),
  );

/** A duplicate ACK tells the same window (RFC 5681 §2). */
const tellsAnotherWindow = ({segment, earlier}: Sent): boolean => {
  const before = earlier.at(-1)?.segment;
  return segLen(segment) === 0 && before?.ack === segment.ack && before.window !== segment.window;
};

/** At least two duplicate ACKs have asked for it. */
const isAskedFor = ({segment, heard}: Sent): boolean =>
  heard.filter(({segment: {ack}, segment: other}) => ack === segment.seq && segLen(other) === 0).length > 2;

// In the next connection of a port with the same numbers tshark takes repeats for keep-alives.
const reused = 'numbers used again';
// The first segment after a SYN has a scaled window, which tshark takes for an update.
const afterSyn = 'first scaled window';
// An ACK beyond a gap that tells another window is an update to tshark.
const moved = 'ACK with another window';
// What is sent again within a round trip of new data is out of order to tshark.
const soon = 'again within an RTT';

const differences: readonly Difference[] = [
  {name: afterSyn, mark: 'duplicate_ack', kind: 'missing', holds: followsSyn},
  {name: afterSyn, mark: 'window_update', kind: 'added', holds: followsSyn},
  {name: moved, mark: 'duplicate_ack', kind: 'missing', holds: tellsAnotherWindow},
  {
    name: moved,
    mark: 'window_update',
    kind: 'added',
    holds: (sent) => says(sent, again) && tellsAnotherWindow(sent),
  },
  {
    // An ACK with SACK blocks that was delayed (tcp_comp_sack_delay_ns) repeats an ack, and tshark takes it for a duplicate.
    name: 'delayed ACK with SACK',
    mark: 'duplicate_ack',
    kind: 'added',
    holds: (sent) =>
      says(sent, /delayed-ack\/timer|tcp_comp_sack/) &&
      sent.segment.options.some(({kind}) => kind === 'sack'),
  },
  {
    // What RACK finds lost behind duplicate ACKs for it is a fast retransmission to tshark (RFC 8985 §6.2).
    name: 'lost to RACK',
    mark: 'fast_retransmission',
    kind: 'added',
    holds: (sent) => sent.event.retransmission && says(sent, /8985:6\.2\/lost/) && isAskedFor(sent),
  },
  {name: reused, mark: 'keep_alive', kind: 'added', holds: isReused},
  {name: reused, mark: 'duplicate_ack', kind: 'missing', holds: isReused},
  {name: soon, mark: 'retransmission', kind: 'missing', holds: comesSoon},
  {name: soon, mark: 'out_of_order', kind: 'added', holds: comesSoon},
  {
    // A challenge ACK repeats an ack, and tshark takes it for a duplicate.
    name: 'challenge ACK',
    mark: 'duplicate_ack',
    kind: 'added',
    holds: (sent) => says(sent, /challenge/),
  },
  {
    // A lesson gives the next connection of a port the same initial number: a repeated SYN,ACK to tshark.
    name: 'the same initial number',
    mark: 'retransmission',
    kind: 'added',
    holds: ({event, segment, earlier}) =>
      !event.retransmission &&
      hasFlag(segment, 'SYN') &&
      earlier.some((each) => hasFlag(each.segment, 'SYN') && each.segment.seq === segment.seq),
  },
  {
    // An ACK that was owed for octets in order, too, tells a new number: no duplicate (RFC 5681 §2).
    name: 'ACK with a new number',
    mark: 'duplicate_ack',
    kind: 'missing',
    holds: ({segment, earlier}) => earlier.every((each) => each.segment.ack !== segment.ack),
  },
  {
    // An answer to a probe is a keep-alive ACK or a zero window to tshark, not a duplicate ACK.
    name: 'answer to a probe',
    mark: 'duplicate_ack',
    kind: 'missing',
    holds: (sent) => {
      const heard = lastHeard(sent);
      return heard !== undefined && segLen(heard) === 0 && heard.seq === (sent.segment.ack - 1) >>> 0;
    },
  },
];

const explains = (difference: Difference, sent: Sent, mark: Mark, kind: Difference['kind']): boolean =>
  difference.mark === mark && difference.kind === kind && difference.holds(sent);

export type Judgement = {
  readonly agreed: readonly Mark[];
  /** Names of the differences that were needed. */
  readonly explained: readonly string[];
  readonly unexplained: readonly string[];
};

export const judge = (sent: Sent): Judgement => {
  const agreed: Mark[] = [];
  const explained: string[] = [];
  const unexplained: string[] = [];
  for (const mark of markNames) {
    const expected = expectedOf[mark](sent);
    const found = sent.marks.has(mark);
    if (expected && found) agreed.push(mark);
    if (expected === found) continue;
    const kind = expected ? 'missing' : 'added';
    const difference = differences.find((each) => explains(each, sent, mark, kind));
    if (difference) explained.push(difference.name);
    else unexplained.push(`${mark} ${kind}`);
  }
  return {agreed, explained, unexplained};
};

export const differenceNames: readonly string[] = differences.map(({name}) => name);
