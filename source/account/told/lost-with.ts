// Which packets share the fate of one.
import type {EventOf, Trace} from '../../sim/trace.ts';
import {entryAt, ofKind, sameTimeAs} from '../entries.ts';
import {ipPacketOf, packetOf} from '../packet.ts';

/** Of the same sender, at the same time and in the same way; where nobody has the address, to the same one. */
export const fateKey = (trace: Trace, {packet, reason, atUs}: EventOf<'drop'>): string => {
  const record = packetOf(trace, packet);
  const to = reason === 'no such host' ? ` to ${ipPacketOf(record)?.dst}` : '';
  return `${reason} ${record.from}${to} at ${atUs}`;
};

/** Behind this event. */
export const lostWith = (trace: Trace, event: number): readonly number[] => {
  const first = entryAt(trace, event);
  if (first.kind !== 'drop') return [];
  const key = fateKey(trace, first);
  return ofKind(sameTimeAs(trace, event), 'drop')
    .filter(({n, packet}) => n > event && packet > 0)
    .flatMap((drop) => (fateKey(trace, drop) === key ? [drop.packet] : []));
};

/** Those that carry what has left before in other packets. */
export const repeatedOf = (trace: Trace, packets: readonly number[]): readonly number[] =>
  packets.filter((packet) => packetOf(trace, packet).retransmission);
