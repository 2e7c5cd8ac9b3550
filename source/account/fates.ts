// What became of each packet, and how that is known: nobody else says it. Runs have seen it happen; of captures `observe` has
// deduced it, and what is not proved is presumed.
import type {DropReason} from '../sim/drop-reason.ts';
import type {PacketRecord, Trace, TraceEvent} from '../sim/trace.ts';
import type {Frame} from '../wire/frame.ts';

/** What took a packet; a router’s own filter is no firewall (RFC 3704 §2.2). */
export type Death = DropReason | 'spoofed';

/** Landings, and deaths on the way. */
export type WayEnd = Extract<TraceEvent, {kind: 'arrive' | 'drop'}>;

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

export const deathOf = ({reason, because}: Extract<TraceEvent, {kind: 'drop'}>): Death =>
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
