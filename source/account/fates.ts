// The only place that tells what became of each packet, and how that is known. Runs have seen it happen; for captures `observe` has deduced
// it, and what is not proved is presumed. The file also tells what the path does besides losing and delaying packets: attackers change
// them, and the network copies or delays them, so that each copy arrives on its own.
import type {DropReason} from '../sim/drop-reason.ts';
import type {EventOf, PacketRecord, Trace} from '../sim/trace.ts';
import type {Frame} from '../wire/frame.ts';
import {oncePer} from '../wire/once-per.ts';
import {entriesOf} from './entries.ts';

/**
 * The reason for which a packet was lost. `spoofed`: by a router's own filter against false source addresses, which is not a firewall (RFC
 * 3704 §2.2).
 */
export type Death = DropReason | 'spoofed';

/** The event at which a packet's way ends: it arrives or is lost. */
export type WayEnd = EventOf<'arrive' | 'drop'>;

export type Fate = {
  readonly what: 'delivered' | 'lost' | 'unknown';
  /** How the packet's fate is known; `seen` means that the run made it happen. */
  readonly how: 'seen' | 'proved' | 'presumed';
  /** The numbers of the packets that show what became of this one. */
  readonly shownBy: readonly number[];
  /** The number of the event at which the packet arrived or was lost; undefined if none is known. */
  readonly event: number | undefined;
  /** The time in µs at which the packet arrived or was lost; if it is not known, the time at which the packet left. */
  readonly atUs: number;
  readonly estimated: boolean;
  /** The reason for which the packet was lost; absent if it was not. */
  readonly reason?: Death;
  /** The frame that arrived, if it differs from what was sent, and the link over which it came, counted from 0. */
  readonly altered?: {readonly frame: Frame; readonly hop: number};
};

export const deathOf = ({reason, because}: EventOf<'drop'>): Death =>
  because === '3704:2.2/ingress/spoofed' ? 'spoofed' : reason;

/** Returns the fate of a packet, as the event tells it at which the packet arrives or is lost. */
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

/** Returns the final fate of a packet; undefined if the run ends while the packet is on its way. */
export const fateOf = (trace: Trace, packet: PacketRecord): Fate | undefined => {
  const {endEvent, deduced, forMany, sentUs} = packet;
  const end = endEvent === undefined ? undefined : trace.event(endEvent);
  if (end?.kind === 'arrive' || end?.kind === 'drop') return fateIn(end, deduced?.shownBy);
  if (!forMany && !deduced) return undefined;
  const shownBy = deduced?.shownBy ?? [];
  return {what: 'unknown', how: 'presumed', shownBy, event: undefined, atUs: sentUs, estimated: false};
};

/** Returns the fate of a packet if it is known by event `cursor`; undefined while the packet is on its way. */
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

/** Returns the host that changed the packet on the path, and the event at which it did; undefined if none did. */
export const tamperingWith = (trace: Trace, packet: number): Tampering | undefined =>
  tamperingsIn(trace).get(packet);

/** Tells whether another packet that the same host sent later arrives before this one. */
const isOvertaken = (trace: Trace, {id, from, to, endEvent}: PacketRecord): boolean => {
  for (const {n, packet, host} of entriesOf(trace, 'arrive')) {
    if (endEvent === undefined || n >= endEvent) return false;
    if (packet > id && host === to && trace.packet(packet).from === from) return true;
  }
  return false;
};

export type Treatment = 'reordered' | 'copied' | 'edited';

/**
 * Returns whether the path reorders, copies or edits a packet, by the faults of its sending, whose texts begin with their kind; undefined
 * if it does none of that. A packet that an attacker changes counts as unchanged until then.
 */
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

/** A further arrival of a packet that has arrived at its receiver before. */
export type Copy = {
  readonly packet: PacketRecord;
  /** The number of the event with which the copy arrives, and its time in µs. */
  readonly event: number;
  readonly atUs: number;
  /** The time in µs at which the copy left: it takes as long as the packet itself did. */
  readonly fromUs: number;
};

/** More hops than any packet makes; it serves to combine a packet's number and a hop in one number. */
const hopsMost = 256;

/** Returns the copies of packets that arrive in a run, in that order; the run is walked once, when somebody first asks. */
export const copiesIn = oncePer((trace: Trace): readonly Copy[] => {
  // A capture contains each copy as a packet of its own.
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
