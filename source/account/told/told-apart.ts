// Finds by what a sentence can distinguish a packet from others of its kind that the same host has sent: its sequence number, or only its
// packet number.
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {isSameWay, packetOf, segmentOf} from '../packet.ts';
import {type Thing, thingOf} from './packet-name.ts';

export type Apart = 'seq' | 'packet' | undefined;

/** The kinds of packets that a sentence names by their flags alone, without a number. */
const unnumbered: ReadonlySet<Thing['what']> = new Set(['SYN', 'SYNACK', 'FIN', 'RST']);

function* othersBy(trace: Trace, packet: number, event: number): Generator<PacketRecord, void> {
  const {from} = packetOf(trace, packet);
  for (let id = 1; id <= trace.packetCount; id += 1) {
    const record = packetOf(trace, id);
    if (record.sendEvent > event) return;
    if (id !== packet && record.from === from) yield record;
  }
}

/**
 * Returns `packet` if the sender has also sent other pure ACKs with the same acknowledgment number, so that only the packet number tells
 * them apart; otherwise undefined.
 */
export const ackApart = (trace: Trace, {what, ack, packet}: Thing, event: number): Apart => {
  if (what !== 'ACK') return undefined;
  const own = segmentOf(packetOf(trace, packet));
  for (const record of othersBy(trace, packet, event)) {
    const segment = segmentOf(record);
    if (segment?.ack === ack && isSameWay(segment, own) && thingOf(trace, record.id).what === 'ACK')
      return 'packet';
  }
  return undefined;
};

export const toldApart = (trace: Trace, thing: Thing, event: number): Apart => {
  if (!unnumbered.has(thing.what)) return ackApart(trace, thing, event);
  const own = segmentOf(packetOf(trace, thing.packet));
  let found: Apart;
  for (const record of othersBy(trace, thing.packet, event)) {
    const {what, seq} = thingOf(trace, record.id);
    if (what !== thing.what) continue;
    if (seq !== thing.seq && isSameWay(segmentOf(record), own)) return 'seq';
    found = 'packet';
  }
  return found;
};
