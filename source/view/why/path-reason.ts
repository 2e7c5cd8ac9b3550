// Explains, for *Why?*, why a packet was lost on its path, or why a whole host crashes or starts, in more detail than the rule of the
// event.
import {entriesOf} from '../../account/entries.ts';
import {mayKnow} from '../../account/eyes.ts';
import {ipPacketOf, packetOf} from '../../account/packet.ts';
import {crashBefore} from '../../account/told/power.ts';
import {type Text, worded} from '../../lesson/text.ts';
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {whyTexts} from '../../words/catalogue/player.ts';

/**
 * Returns the number of an earlier packet with this address as its forged source, if the chosen observer may know that it was forged;
 * otherwise undefined.
 */
const forgedIn = (trace: Trace, {n}: EventOf<'drop'>, address: string): number | undefined => {
  for (const event of entriesOf(trace, 'send')) {
    if (event.n > n) return undefined;
    if (event.because !== '4987:2.2/forged-source' || event.packet < 1) continue;
    if (ipPacketOf(packetOf(trace, event.packet))?.src === address && mayKnow(trace, event))
      return event.packet;
  }
  return undefined;
};

const nobodyReason = (trace: Trace, drop: EventOf<'drop'>): Text | undefined => {
  const address = drop.packet < 1 ? undefined : ipPacketOf(packetOf(trace, drop.packet))?.dst;
  return address === undefined
    ? undefined
    : worded(whyTexts.losses.nobody, {address, forged: forgedIn(trace, drop, address)});
};

/** Explains why a packet was lost without a message to its sender; undefined if another rule applies, as when a router tells the sender. */
const lossReason = (trace: Trace, drop: EventOf<'drop'>): Text | undefined => {
  if (drop.because !== '1122:1.1.3/lost') return undefined;
  switch (drop.reason) {
    case 'queue':
      return whyTexts.losses.queue;
    case 'host down':
      return whyTexts.losses.down;
    case 'link down':
      return whyTexts.losses.link;
    case 'no such host':
      return nobodyReason(trace, drop);
    default:
      return undefined;
  }
};

/** Tells whether an event is a crash or start of a whole host, which no program decides. */
export const isPower = (event: TraceEvent): boolean =>
  event.kind === 'call' && (event.call === 'crash' || event.call === 'reboot');

/** Returns the crash after which a host starts again; undefined for other events. */
export const crashBehind = (trace: Trace, event: TraceEvent): TraceEvent | undefined =>
  event.kind === 'call' && event.call === 'reboot' ? crashBefore(trace, event) : undefined;

/** Returns a text on a lost packet, or on a crash or start of a host, that says more than the event's rule; undefined for other events. */
export const pathReason = (trace: Trace, event: TraceEvent): Text | undefined => {
  if (event.kind === 'drop') return lossReason(trace, event);
  if (event.kind !== 'call') return undefined;
  const {call} = event;
  return call === 'crash' || call === 'reboot' ? whyTexts.power[call] : undefined;
};
