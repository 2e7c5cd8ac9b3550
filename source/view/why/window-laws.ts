// Explains windows that no rule computes: RCV.WND while no data wait for a program, which is what is left of the announced window
// (RFC 9293 §3.10.7.4) and a multiple of the scaled window's unit, to which Linux rounds up (RFC 7323 §2.3, __tcp_select_window); the first
// SND.WND, which a SYN gives; and cwnd on its way to a lowered ssthresh (Proportional Rate Reduction, RFC 9937).
import {instantOf} from '../../account/entries.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import {seqDiff} from '../../wire/seq.ts';
import {hasFlag, mostWindow} from '../../wire/tcp.ts';
import {
  roomRounded,
  roomScaled,
  roomUsed,
  variableLaws,
  whyReduced,
  windowOfSyn,
} from '../../words/catalogue/why.ts';
import {endAtHand} from '../endpoints/at-hand.ts';
import type {Place} from '../endpoints/last-change.ts';
import {answersTo} from '../time/waypoints.ts';
import type {View} from '../view.ts';
import {endsAround} from './beginning.ts';
import {inColumns} from './formula.ts';
import {isOfLinux} from './rtt-variance.ts';

type RoomLaw = {
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

/**
 * Explains the first RCV.WND that a window after the SYN's announces, because that of a SYN is never scaled (RFC 7323 §2.2); undefined if
 * the window field could hold it unscaled.
 */
const scaledFirst = (view: View, {told, now, unit}: Room): RoomLaw | undefined =>
  unit > 1 && told <= mostWindow && now > mostWindow
    ? {law: [roomScaled[view.language]({unit})], clause: 'RFC 7323 §2.2, §2.3'}
    : undefined;

/**
 * Explains RCV.WND while no data wait for a program to read them; undefined if it changed for another reason, or if it is unknown whether
 * data wait.
 */
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

type SynLaw = {readonly law: readonly string[]; readonly clause: string | undefined};

/** Explains, by the meaning of the window field, SND.WND after a SYN,ACK, because no step of §3.10.7.3 sets it. */
const ofSynAck = ({language}: View): SynLaw => ({
  law: [variableLaws['snd.wnd'][language]],
  clause: 'RFC 9293 §3.8.6',
});

/**
 * Explains why SND.WND has no value before a SYN of the peer has arrived, with the text and clause for a SYN,ACK, which most often sets it;
 * undefined for other variables.
 */
export const unsetWindow = (view: View, name: string, value: string | undefined): SynLaw | undefined =>
  name === 'snd.wnd' && value === undefined ? ofSynAck(view) : undefined;

/**
 * Returns how an arriving SYN set SND.WND at an event, with the clause (RFC 9293 §3.10.7.3 for a SYN without ACK, none if its receiver was
 * in LISTEN); undefined for other variables, or if no SYN arrived.
 */
export const windowLaw = (view: View, {host, name}: Place, event: number): SynLaw | undefined => {
  const {trace} = view.input;
  const come = name === 'snd.wnd' && instantOf(trace, event).find(({kind}) => kind === 'arrive');
  const segment = come && come.kind === 'arrive' ? segmentOf(packetOf(trace, come.packet)) : undefined;
  if (!segment || !hasFlag(segment, 'SYN')) return undefined;
  if (hasFlag(segment, 'ACK')) return ofSynAck(view);
  const listens = endsAround(view, host, event).before === undefined;
  const law = [variableLaws['snd.wnd'][view.language], windowOfSyn[view.language]({listens})];
  return {law, clause: listens ? undefined : 'RFC 9293 §3.10.7.3'};
};

const reducing: ReadonlySet<string> = new Set(['recovery', 'cwr']);

/**
 * Explains cwnd while Proportional Rate Reduction lasts, because no formula of one step gives its value on the way to ssthresh; undefined
 * otherwise.
 */
export const reducedLaw = (view: View, {host, name}: Place, event: number): RoomLaw | undefined => {
  if (name !== 'cwnd') return undefined;
  const tcb = endAtHand(view, host, event);
  return tcb && reducing.has(tcb.episode.state) && tcb.reduction.from > 0
    ? {law: [whyReduced[view.language]], clause: 'RFC 9937', lines: []}
    : undefined;
};
