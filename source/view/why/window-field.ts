// *Why?* of a window: in what it counts, and how much room its sender had (RFC 9293 §3.8.6, RFC 7323 §2.2, §2.3).
import {entryAt} from '../../account/entries.ts';
import {operandsOf} from '../../account/operands.ts';
import {packetOf, segmentOf, sentBefore} from '../../account/packet.ts';
import {theHostFirst} from '../../lesson/host-names.ts';
import {hasFlag, mostWindow} from '../../wire/tcp.ts';
import {whyWindow} from '../../words/catalogue/why.ts';
import type {View} from '../view.ts';
import type {FormulaScope} from './formula.ts';

type WindowTold = {
  readonly meaning: string;
  /** Beside that of the field itself. */
  readonly clause: string | undefined;
  /** undefined: nothing tells it, or a question asks for it. */
  readonly held: string | undefined;
};

/** What was free of a buffer whose size the SYN told, for that is never scaled; undefined: more than a SYN can tell, or nobody knows. */
const freeBytes = ({input: {trace}}: View, id: number): number | undefined => {
  const tcb = operandsOf(trace, entryAt(trace, packetOf(trace, id).sendEvent)).after;
  if (tcb === undefined || tcb.memory) return undefined;
  for (const {segment} of sentBefore(trace, id))
    if (hasFlag(segment, 'SYN'))
      return segment.window === mostWindow ? undefined : segment.window - tcb.receiveBuffer.length;
  return undefined;
};

type Held = {readonly id: number; readonly units: number; readonly unit: number; readonly bytes: number};

/** What the sender had room for; where whole units say more than that, both. */
const heldText = (view: View, {id, units, unit, bytes}: Held, hidden: readonly string[]): string => {
  const {language, input} = view;
  const host = theHostFirst(input.trace, packetOf(input.trace, id).from);
  const room = unit > 1 ? freeBytes(view, id) : undefined;
  const isRounded = room !== undefined && room < bytes && Math.ceil(room / unit) === units;
  return isRounded && ![room, units].some((each) => hidden.includes(String(each)))
    ? whyWindow.rounded[language]({host, room, units, bytes})
    : whyWindow.held[language]({host, bytes, announced: input.trace.header.profile === 'capture'});
};

/** undefined: its sender has no connection or ends it by this, so that nobody reads the window; or a question asks for the unit. */
export const windowTold = (view: View, id: number, {after, hidden}: FormulaScope): WindowTold | undefined => {
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
