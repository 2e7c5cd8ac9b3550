// What the path does to a packet besides losing and delaying it: who sits on it writes over it, and the network makes copies of it, or
// keeps them and lets them out later, each of which lands on its own.

import type {PacketRecord, Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {entriesOf} from './entries.ts';

type Tampering = {readonly host: string; readonly event: number};

const tamperingsIn = oncePer((trace: Trace): ReadonlyMap<number, Tampering> => {
  const found = new Map<number, Tampering>();
  if (!trace.header.onPath) return found;
  for (const event of entriesOf(trace, 'send'))
    if (event.because === '3552:3.3.4/modifies') found.set(event.packet, {host: event.host, event: event.n});
  return found;
});

/** undefined: it was left as it is. */
export const tamperingWith = (trace: Trace, packet: number): Tampering | undefined =>
  tamperingsIn(trace).get(packet);

export type Treatment = 'reordered' | 'copied' | 'edited';

/** Faults are texts that begin with their kind. What an attacker writes over is as it was until then. */
export const treatmentOf = (
  trace: Trace,
  {id, sendEvent}: PacketRecord,
  cursor = trace.length,
): Treatment | undefined => {
  const send = trace.event(sendEvent);
  const tampering = tamperingWith(trace, id);
  if (tampering && tampering.event <= cursor) return 'edited';
  const has = (kind: RegExp): boolean =>
    send.kind === 'send' && send.faults.some((fault) => kind.test(fault));
  if (has(/^(edit|corrupt)/)) return 'edited';
  if (has(/^dup/)) return 'copied';
  return has(/^reorder/) ? 'reordered' : undefined;
};

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
