// Copies of packets that the network makes, or keeps and lets out later: each lands on its own.

import type {PacketRecord, Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {entriesOf} from './entries.ts';

/** Another arrival of a packet that has landed before. */
export type Copy = {
  readonly packet: PacketRecord;
  /** Its `arrive` event, and when that is. */
  readonly event: number;
  readonly atUs: number;
  /** It takes as long as the packet itself did. */
  readonly fromUs: number;
};

/** More hops than any packet has. */
const hopsMost = 256;

/** In the order in which they land; one pass over the run, at the first question. */
export const copiesIn = oncePer((trace: Trace): readonly Copy[] => {
  // A capture has each of them as a packet of its own.
  if (trace.header.profile === 'capture') return [];
  const landed = new Set<number>();
  const copies: Copy[] = [];
  for (const event of entriesOf(trace, 'arrive')) {
    if (event.packet < 1) continue;
    const place = event.packet * hopsMost + event.hop;
    if (!landed.has(place)) {
      landed.add(place);
      continue;
    }
    const packet = trace.packet(event.packet);
    if (packet.to !== event.host || packet.endEvent === undefined || packet.endEvent >= event.n) continue;
    const wayUs = Math.max(0, trace.event(packet.endEvent).atUs - packet.sentUs);
    copies.push({packet, event: event.n, atUs: event.atUs, fromUs: event.atUs - wayUs});
  }
  return copies;
});
