// Explains TCP's window field: its unit, how much room the sender's receive buffer had, and how a captured host's window differs from its
// previous one (RFC 9293 §3.8.6, RFC 7323 §2.2, §2.3).
import {entryAt} from '../../account/entries.ts';
import {operandsOf} from '../../account/operands.ts';
import {packetOf, segmentOf, sentBefore} from '../../account/packet.ts';
import {theHostFirst} from '../../lesson/host-names.ts';
import {hasFlag, mostWindow} from '../../wire/tcp.ts';
import {whyAnnounced, whyWindow} from '../../words/catalogue/why.ts';
import type {View} from '../view.ts';
import type {Ends} from '../why/beginning.ts';
import type {FormulaScope} from '../why/formula.ts';
import type {Told} from './entry.ts';

/**
 * Returns the number of free octets in the receive buffer of a packet's sender, whose size its SYN's unscaled window shows. undefined in
 * captures, or if the buffer may be larger than that window can say.
 */
const freeBytes = ({input: {trace}}: View, id: number): number | undefined => {
  const tcb = operandsOf(trace, entryAt(trace, packetOf(trace, id).sendEvent)).after;
  if (tcb === undefined || tcb.memory) return undefined;
  for (const {segment} of sentBefore(trace, id))
    if (hasFlag(segment, 'SYN'))
      return segment.window === mostWindow ? undefined : segment.window - tcb.receiveBuffer.length;
  return undefined;
};

type Held = {readonly id: number; readonly units: number; readonly unit: number; readonly bytes: number};

/**
 * Returns a sentence on how much room the sender's receive buffer had. If the window was rounded up to whole units of the window scale, the
 * sentence tells both numbers.
 */
const heldText = (view: View, {id, units, unit, bytes}: Held, hidden: readonly string[]): string => {
  const {language, input} = view;
  const host = theHostFirst(input.trace, packetOf(input.trace, id).from);
  const room = unit > 1 ? freeBytes(view, id) : undefined;
  const isRounded = room !== undefined && room < bytes && Math.ceil(room / unit) === units;
  return isRounded && ![room, units].some((each) => hidden.includes(String(each)))
    ? whyWindow.rounded[language]({host, room, units, bytes})
    : whyWindow.held[language]({host, bytes, announced: input.trace.header.profile === 'capture'});
};

/**
 * Explains what the window field of a segment means. undefined if nobody reads it, because its sender has no connection or sends an RST, or
 * if an open question asks for its unit.
 */
export const windowTold = (view: View, id: number, {after, hidden}: FormulaScope): Told | undefined => {
  const {language, input} = view;
  const packet = packetOf(input.trace, id);
  const segment = segmentOf(packet);
  if (segment === undefined || after === undefined || hasFlag(segment, 'RST')) return undefined;
  const isSyn = hasFlag(segment, 'SYN');
  const unit = isSyn ? 1 : after.quantity('rcv.scale')?.value;
  if (unit === undefined) return {meaning: whyWindow.unknown[language], clause: undefined, held: undefined};
  if (unit > 1 && hidden.includes(String(unit))) return undefined;
  const bytes = after.quantity('rcv.wnd')?.value;
  const isHeld =
    bytes !== undefined &&
    !hidden.includes(String(bytes)) &&
    Math.abs(Math.min(bytes, mostWindow * unit) - segment.window * unit) < unit;
  const held = isHeld ? heldText(view, {id, units: segment.window, unit, bytes}, hidden) : undefined;
  if (isSyn) return {meaning: whyWindow.syn[language], clause: 'RFC 7323 §2.2', held};
  return unit > 1
    ? {meaning: whyWindow.scaled[language]({unit}), clause: 'RFC 7323 §2.3', held}
    : {meaning: whyWindow.bytes[language], clause: undefined, held};
};

/**
 * Explains by how much the window in packet `id` of a capture differs from the previous one. undefined in simulated runs, which can tell
 * more, if no window was announced before, or while a question is open.
 */
export const announcedText = (view: View, id: number, {before, after}: Ends): string | undefined => {
  const {language, input, hidden} = view;
  const [earlier] = input.trace.connectionPackets ? sentBefore(input.trace, id) : [];
  const numberIn = (end: Ends['after'], name: string): number | undefined => end?.quantity(name)?.value;
  const [told, wnd] = [before, after].map((end) => numberIn(end, 'rcv.wnd'));
  if (!earlier || told === undefined || wnd === undefined || hidden.length > 0) return undefined;
  const [from, to] = [before, after].map((end) => numberIn(end, 'rcv.nxt'));
  // True if the data start right after the SYN, that is, at IRS + 1.
  const fresh = from !== undefined && before?.irs === (from - 1) >>> 0;
  const unit = numberIn(after, 'rcv.scale') ?? 1;
  const isRounded = told % unit !== 0 && wnd === Math.ceil(told / unit) * unit;
  const more = fresh ? 'grown' : 'more';
  const how = isRounded ? 'rounded' : wnd > told ? more : wnd < told ? 'less' : 'same';
  const came = from === undefined || to === undefined ? 0 : (to - from) | 0;
  return whyAnnounced[how][language]({
    packet: earlier.id,
    now: id,
    told,
    unit,
    change: Math.abs(wnd - told),
    came,
  });
};
