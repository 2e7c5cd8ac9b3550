// RCV.WND without a program that reads: what is left of the room that was told last (RFC 9293 §3.10.7.4), and whole units of a scaled
// window, to which Linux rounds up (RFC 7323 §2.3, __tcp_select_window).
import {instantOf} from '../../account/entries.ts';
import {seqDiff} from '../../wire/seq.ts';
import {mostWindow} from '../../wire/tcp.ts';
import {roomRounded, roomScaled, roomUsed} from '../../words/catalogue/why.ts';
import {endAtHand} from '../endpoints/at-hand.ts';
import type {Place} from '../endpoints/last-change.ts';
import {answersTo} from '../time/waypoints.ts';
import type {View} from '../view.ts';
import {endsAround} from './beginning.ts';
import {inColumns} from './formula.ts';
import {isOfLinux} from './spread.ts';

export type RoomLaw = {
  readonly law: readonly string[];
  readonly clause: string;
  readonly lines?: readonly string[];
};

type Room = {readonly told: number; readonly now: number; readonly unit: number};

const roundedUp = (view: View, {told, now, unit}: Room): RoomLaw | undefined => {
  if (!isOfLinux(view) || unit === 1 || now !== Math.ceil(told / unit) * unit) return undefined;
  const units = now / unit;
  const numbers = [now, units, unit].map(String);
  const asked = answersTo(view.hidden);
  if ([...numbers, `${told}`].some((number) => asked.includes(number))) return undefined;
  return {
    law: [roomRounded[view.language]({room: told, unit})],
    clause: 'RFC 7323 §2.3; Linux __tcp_select_window',
    lines: inColumns(
      ["rcv.wnd'", '=', 'units', '×', 'unit'],
      [`${now}`, '=', `${units}`, '×', `${unit}`],
      '  ',
    ),
  };
};

/** The window of a SYN is never scaled (RFC 7323 §2.2). */
const scaledFirst = (view: View, {told, now, unit}: Room): RoomLaw | undefined =>
  unit > 1 && told <= mostWindow && now > mostWindow
    ? {law: [roomScaled[view.language]({unit})], clause: 'RFC 7323 §2.2, §2.3'}
    : undefined;

/** Where no data wait that a program could have read; undefined: otherwise it moved, or nobody knows what waits. */
export const roomLaw = (view: View, {host, name}: Place, event: number): RoomLaw | undefined => {
  if (name !== 'rcv.wnd') return undefined;
  const tcb = endAtHand(view, host, event);
  const {before, after} = endsAround(view, host, event);
  const [told = 0, now = 0] = [before, after].map((end) => end?.quantity(name)?.value);
  if (tcb?.receiveBuffer.length !== 0) return undefined;
  const [first] = instantOf(view.input.trace, event);
  const had = endAtHand(view, host, (first?.n ?? 1) - 1);
  const isUsed =
    now < told || (now > told && had?.receiveBuffer.length === 0 && seqDiff(had.rcv.nxt, had.irs) > 1);
  if (isUsed) return {law: [roomUsed[view.language]], clause: 'RFC 9293 §3.10.7.4'};
  const room = {told, now, unit: 1 << tcb.scale.rcv};
  return now > told && told > 0 ? (roundedUp(view, room) ?? scaledFirst(view, room)) : undefined;
};
