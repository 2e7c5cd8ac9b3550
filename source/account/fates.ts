// What became of each packet, and how that is known: nobody else says it. Runs have seen it happen; of captures `observe` has
// deduced it, and what is not proved is presumed. And what the path does besides losing and delaying it: who sits on it writes over it, and
// the network makes copies, or keeps them and lets them out later, each of which lands on its own.
import type {DropReason} from '../sim/drop-reason.ts';
import type {EventOf, PacketRecord, Trace} from '../sim/trace.ts';
import type {Frame} from '../wire/frame.ts';
import {oncePer} from '../wire/once-per.ts';
import {entriesOf} from './entries.ts';

/** What took a packet; a router’s own filter is no firewall (RFC 3704 §2.2). */
export type Death = DropReason | 'spoofed';

/** Landings, and deaths on the way. */
export type WayEnd = EventOf<'arrive' | 'drop'>;

export type Fate = {
  readonly what: 'delivered' | 'lost' | 'unknown';
  /** `seen`: the run did it. */
  readonly how: 'seen' | 'proved' | 'presumed';
  /** Packets that show it. */
  readonly shownBy: readonly number[];
  /** The event that ended its way; undefined: none is known. */
  readonly event: number | undefined;
  /** When that was; where it is not known, when it left. */
  readonly atUs: number;
  readonly estimated: boolean;
  /** What took it. */
  readonly reason?: Death;
  /** What arrived, where that is not what left, and over which link, 0 the first. */
  readonly altered?: {readonly frame: Frame; readonly hop: number};
};

export const deathOf = ({reason, because}: EventOf<'drop'>): Death =>
  because === '3704:2.2/ingress/spoofed' ? 'spoofed' : reason;

/** What one such event tells of its packet. */
export const fateIn = (event: WayEnd, shownBy: readonly number[] = []): Fate => {
  const {n, atUs, estimated = false, presumed, kind} = event;
  const isSeen = kind === 'drop' ? !event.deduced : shownBy.length === 0 && !presumed;
  const how = presumed ? 'presumed' : isSeen ? 'seen' : 'proved';
  const known = {how, event: n, atUs, estimated} as const;
  if (kind === 'drop')
    return {...known, what: 'lost', reason: deathOf(event), shownBy: event.evidence ?? shownBy};
  const landed = {...known, what: 'delivered', shownBy} as const;
  return event.altered ? {...landed, altered: {frame: event.altered, hop: event.hop}} : landed;
};

/** In the end; undefined: the run is over and it is still under way. */
export const fateOf = (trace: Trace, packet: PacketRecord): Fate | undefined => {
  const {endEvent, deduced, forMany, sentUs} = packet;
  const end = endEvent === undefined ? undefined : trace.event(endEvent);
  if (end?.kind === 'arrive' || end?.kind === 'drop') return fateIn(end, deduced?.shownBy);
  if (!forMany && !deduced) return undefined;
  const shownBy = deduced?.shownBy ?? [];
  return {what: 'unknown', how: 'presumed', shownBy, event: undefined, atUs: sentUs, estimated: false};
};

/** As far as it has come by event `cursor`; undefined: it is under way. */
export const fateAt = (trace: Trace, packet: PacketRecord, cursor: number): Fate | undefined => {
  const {sendEvent, endEvent = sendEvent} = packet;
  return endEvent > cursor ? undefined : fateOf(trace, packet);
};

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

/** Returns whether another packet that the same host sent later arrives before this one. */
const isOvertaken = (trace: Trace, {id, from, to, endEvent}: PacketRecord): boolean => {
  for (const {n, packet, host} of entriesOf(trace, 'arrive')) {
    if (endEvent === undefined || n >= endEvent) return false;
    if (packet > id && host === to && trace.packet(packet).from === from) return true;
  }
  return false;
};

export type Treatment = 'reordered' | 'copied' | 'edited';

/** Faults are texts that begin with their kind. What an attacker writes over is as it was until then. */
export const treatmentOf = (
  trace: Trace,
  record: PacketRecord,
  cursor = trace.length,
): Treatment | undefined => {
  const {id, sendEvent, lost} = record;
  const send = trace.event(sendEvent);
  const tampering = tamperingWith(trace, id);
  if (tampering && tampering.event <= cursor) return 'edited';
  const has = (kind: RegExp): boolean =>
    send.kind === 'send' && !lost && send.faults.some((fault) => kind.test(fault));
  if (has(/^(edit|corrupt)/)) return 'edited';
  if (has(/^dup/)) return 'copied';
  return has(/^reorder/) && isOvertaken(trace, record) ? 'reordered' : undefined;
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
