// What D-SACK tells a sender (RFC 2883): these bytes have come twice; and whether the slowing down is undone by it (RFC 3708).

import type {Trace, TraceEvent} from '../../sim/trace.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import {farEndOf} from '../../wire/connection-id.ts';
import {type Seq, seqDiff} from '../../wire/seq.ts';
import type {TcpSegment} from '../../wire/tcp.ts';
import {entriesOf, entryAt, worldAt} from '../entries.ts';
import {packetOf, segmentOf} from '../packet.ts';
import type {Told} from './facts.ts';
import type {Moment} from './memory.ts';
import {frameCome} from './thing.ts';

type SackBlock = {readonly left: Seq; readonly right: Seq};
type Arrival = Extract<TraceEvent, {kind: 'arrive'}>;

/** Its place tells it: below the ack, or within the block behind it (RFC 2883 §4). */
const blockOf = ({ack, options}: TcpSegment): SackBlock | undefined => {
  const [first, second] = options.flatMap((option) => (option.kind === 'sack' ? option.blocks : []));
  if (!first) return undefined;
  const isInside = second && seqDiff(first.left, second.left) >= 0 && seqDiff(first.right, second.right) <= 0;
  return seqDiff(first.right, ack) <= 0 || isInside ? first : undefined;
};

const hasRepeated = (trace: Trace, connection: string, {left}: SackBlock, n: number): boolean =>
  [...entriesOf(trace, 'send')].some(
    (event) =>
      event.n < n &&
      event.retransmission &&
      event.connection === connection &&
      segmentOf(packetOf(trace, event.packet))?.seq === left,
  );

/** ssthresh rises by nothing else. */
const cwndUndone = (before: Connection | undefined, after: Connection | undefined): number | undefined =>
  before && after && after.ssthresh > before.ssthresh ? after.cwnd : undefined;

export const dsackTold = ({trace, events}: Moment, arrival: Arrival): Told | undefined => {
  const segment = segmentOf({frame: frameCome(trace, arrival)});
  const block = segment && blockOf(segment);
  const {from: peer, to: host, sendEvent} = packetOf(trace, arrival.packet);
  const theirs = entryAt(trace, sendEvent).connection;
  if (!block || theirs === undefined || arrival.host !== host) return undefined;
  const connection = farEndOf(theirs);
  const tcbAt = (n: number): Connection | undefined =>
    worldAt(trace, n)?.hosts[host]?.tcp.connections.get(connection);
  const repeated = hasRepeated(trace, connection, block, arrival.n);
  const cwnd = cwndUndone(tcbAt((events[0]?.n ?? 1) - 1), tcbAt(events.at(-1)?.n ?? arrival.n));
  return {
    ...{says: 'cameTwice', n: arrival.n, rank: 1, most: 2},
    about: [`twice ${connection}`],
    facts: {host, peer, seq: block.left, bytes: seqDiff(block.right, block.left), repeated, cwnd},
  };
};
