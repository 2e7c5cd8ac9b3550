// Determines the TCP connection of a capture that the panels show now: its ends, and their initial sequence numbers.
import {ipPacketOf, packetOf, segmentOf} from '../../account/packet.ts';
import {hostName} from '../../lesson/host-names.ts';
import {relativeNumbers} from '../../sim/relative.ts';
import {type Seq, seqAdd} from '../../wire/seq.ts';
import {hasFlag} from '../../wire/tcp.ts';
import type {SceneHost} from '../ladder/scene-hosts.ts';
import type {View} from '../view.ts';
import {watchedSegment} from './at-hand.ts';

export type ObservedAtHand = {
  /** The number of the TCP connection in the capture. */
  readonly id: number;
  readonly version: 4 | 6;
  /** The initial sequence number of each end, from which its relative numbers count; an end whose number is unknown is absent. */
  readonly bases: ReadonlyMap<string, Seq>;
  /**
   * Both ends of the captured connection, in the order of the ladder. If an end is not on the ladder, the end that sent first comes first.
   */
  readonly ends: readonly SceneHost[];
};

const hostFor = ({hosts, language, input}: View, id: string, index: number): SceneHost =>
  hosts.find((host) => host.id === id) ?? {
    id,
    name: hostName(input.trace, id)[language],
    address: '',
    role: index === 0 ? 'client' : 'server',
  };

/** Returns the captured connection that the panels show now; undefined in simulated runs, and before the first TCP segment. */
export const observedAtHand = (view: View): ObservedAtHand | undefined => {
  const {trace} = view.input;
  const newest = watchedSegment(view);
  const id = newest === undefined ? undefined : trace.connectionPackets?.of(newest);
  if (newest === undefined || id === undefined) return undefined;
  const first = packetOf(trace, trace.connectionPackets?.packetsOf(id)[0] ?? newest);
  const packet = packetOf(trace, newest);
  const segment = segmentOf(packet);
  const numbers = relativeNumbers(trace, newest);
  const bases = new Map<string, Seq>();
  if (segment && numbers) {
    bases.set(packet.from, seqAdd(segment.seq, -numbers.seq));
    if (hasFlag(segment, 'ACK')) bases.set(packet.to, seqAdd(segment.ack, -numbers.ack));
  }
  const names = [first.from, first.to];
  const placed = view.hosts.map(({id: host}) => host).filter((host) => names.includes(host));
  return {
    id,
    version: ipPacketOf(packet)?.src.includes(':') ? 6 : 4,
    bases,
    ends: (placed.length === names.length ? placed : names).map((host, index) => hostFor(view, host, index)),
  };
};

/** Tells whether a trace is a capture that contains TCP, so that the panels can show both ends of a connection. */
export const isWatched = ({input: {trace}}: View): boolean => (trace.connectionPackets?.count ?? 0) > 0;
