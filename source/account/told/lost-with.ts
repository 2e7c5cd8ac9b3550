// Finds which packets are lost together with another one.
import type {EventOf, Trace} from '../../sim/trace.ts';
import {entryAt, ofKind, sameTimeAs} from '../entries.ts';
import {ipPacketOf, packetOf} from '../packet.ts';

/**
 * Returns a key for packets that one sender loses at the same time for the same reason; if nobody has the address, also to the same
 * address.
 */
export const fateKey = (trace: Trace, {packet, reason, atUs}: EventOf<'drop'>): string => {
  const record = packetOf(trace, packet);
  const to = reason === 'no such host' ? ` to ${ipPacketOf(record)?.dst}` : '';
  return `${reason} ${record.from}${to} at ${atUs}`;
};

/** Returns the packets that are lost after the one of this event, at the same time, by the same sender and for the same reason. */
export const lostWith = (trace: Trace, event: number): readonly number[] => {
  const first = entryAt(trace, event);
  if (first.kind !== 'drop') return [];
  const key = fateKey(trace, first);
  return ofKind(sameTimeAs(trace, event), 'drop')
    .filter(({n, packet}) => n > event && packet > 0)
    .flatMap((drop) => (fateKey(trace, drop) === key ? [drop.packet] : []));
};

/** Returns those of these packets that are retransmissions. */
export const repeatedOf = (trace: Trace, packets: readonly number[]): readonly number[] =>
  packets.filter((packet) => packetOf(trace, packet).retransmission);
