// The course of a packet at one instant: how far it has come and how its way ended. For captures, also which of its ends have a lifeline,
// and which of its times are unknown.
import {entryAt} from '../../account/entries.ts';
import {fateAt} from '../../account/fates.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {fromHost, toHost} from '../../words/catalogue/capture.ts';
import {lostLabel, lostText} from '../../words/fates.ts';
import {terminal} from '../../words/written.ts';
import {isMany, type View} from '../view.ts';
import {alsoAt} from './scene-hosts.ts';

export type Stage = {
  /**
   * Whether a packet is on its way, has arrived or was lost at the present moment; `unseen`: it was sent, and it is unknown whether it
   * arrived.
   */
  readonly status: 'flying' | 'arrived' | 'lost' | 'unseen';
  /** The place of the packet's head: 0 at the sender, 1 at the receiver. */
  readonly progress: number;
  /** The time in µs at which the packet arrives at the other end, or would have arrived. */
  readonly dueUs: number;
  /** True if the time of arrival is an estimate. */
  readonly estimated: boolean;
  /** True if it is assumed, and not proved, that the packet arrived or was lost. */
  readonly presumed: boolean;
  readonly lostBecause: string | undefined;
  /** The reason for the packet's loss in few words, for a label; undefined if the packet was not lost. */
  readonly lostLabel?: string | undefined;
};

/** Returns the share of a packet's way that is behind it at a time, from 0 to 1. */
export const shareOf = (fromUs: number, toUs: number, atUs: number): number =>
  Math.min(1, Math.max(0, (atUs - fromUs) / Math.max(1, toUs - fromUs)));

export const stageOf = (view: View, packet: PacketRecord): Stage => {
  const {trace} = view.input;
  const {dueUs, endEvent} = packet;
  const fate = fateAt(trace, packet, view.cursor);
  const end = endEvent === undefined ? undefined : entryAt(trace, endEvent);
  const landsUs = end?.kind === 'arrive' ? end.atUs : dueUs;
  const under = {
    dueUs: landsUs,
    estimated: end?.estimated ?? false,
    presumed: fate?.how === 'presumed',
    lostBecause: undefined,
  };
  if (!fate) return {...under, status: 'flying', progress: shareOf(packet.sentUs, landsUs, view.nowUs)};
  if (fate.what !== 'lost')
    // If the fate of a packet for many receivers is unknown, it counts as arrived, because its way has no single end.
    return {
      ...under,
      status: fate.what === 'unknown' && !packet.forMany ? 'unseen' : 'arrived',
      progress: 1,
    };
  return {
    ...under,
    status: 'lost',
    progress: shareOf(packet.sentUs, dueUs, fate.atUs),
    lostBecause: lostText(fate)[view.language],
    lostLabel: lostLabel(fate)[view.language],
  };
};

export type CapturedEnds = {
  /**
   * The text that names the ends of a packet that have no lifeline in the ladder; `othersShort` names them by the ends of their addresses,
   * which differ. undefined if nothing has to be named.
   */
  readonly others: string | undefined;
  readonly othersShort?: string;
  /** The end of a packet that has a lifeline in the ladder, or `neither`; undefined if both ends have one. */
  readonly shown?: 'sender' | 'receiver' | 'neither';
  /** The end of a packet at which a capture does not show the time; undefined if it shows the times at both ends. */
  readonly untimed?: 'departure' | 'arrival';
};

export const untimedEnd = (trace: Trace, {sendEvent, endEvent}: PacketRecord): CapturedEnds['untimed'] => {
  if (trace.header.profile !== 'capture') return undefined;
  if (entryAt(trace, sendEvent).untimed) return 'departure';
  return endEvent === undefined || entryAt(trace, endEvent).untimed ? 'arrival' : undefined;
};

/** The number of last characters that stay when a host's address is shortened. */
const tail = 5;
/** The fewest characters that the shortening of an address must save to be worth an ellipsis. */
const leastSaved = 3;

const tailOf = (name: string): string => {
  const text = terminal.text(name);
  return text.length <= tail + leastSaved ? text : `…${text.slice(-tail)}`;
};

/**
 * Returns a packet's sender and receiver by the addresses at the lifelines: if a machine's lifeline has another of its addresses, the
 * packet's address is replaced by that one.
 */
export const atLifelines = (
  {input: {trace}}: View,
  {from, to}: Pick<PacketRecord, 'from' | 'to'>,
): {readonly from: string; readonly to: string} => {
  const also = alsoAt(trace);
  return also.size === 0 ? {from, to} : {from: also.get(from) ?? from, to: also.get(to) ?? to};
};

/**
 * Tells whether a packet belongs to a conversation over the other IP version than the address at the sender's lifeline. Packets outside
 * conversations do not count, because their protocol shows the IP version.
 */
const isOther = ({from, conversation}: PacketRecord, shown: string): boolean =>
  conversation !== undefined && from !== shown;

const familyOf = (address: string): string => (address.includes(':') ? 'IPv6' : 'IPv4');

/**
 * Returns which ends of a packet have a lifeline and a known time. A simulated host may have no lifeline, too, if only two are drawn: one
 * that forges an address or answers for another.
 */
export const endsAt = (view: View, packet: PacketRecord): CapturedEnds => {
  const {from, to} = atLifelines(view, packet);
  const {hosts, input, language} = view;
  const [left, right] = hosts;
  const between = (from === left.id && to === right.id) || (from === right.id && to === left.id);
  if (isMany(view)) return {others: undefined};
  if (input.trace.header.profile !== 'capture') return {others: between ? undefined : `${from} > ${to}`};
  const untimed = untimedEnd(input.trace, packet);
  const times = untimed ? {untimed} : {};
  if (between) return {others: isOther(packet, from) ? familyOf(packet.from) : undefined, ...times};
  const sends = from === left.id || from === right.id;
  const receives = to === left.id || to === right.id;
  const named = (say: (name: (host: string) => string) => string) => ({
    others: say(terminal.text),
    othersShort: say(tailOf),
  });
  if (sends && !receives)
    return {...named((name) => toHost[language]({host: name(to)})), shown: 'sender', ...times};
  if (receives && !sends)
    return {...named((name) => fromHost[language]({host: name(from)})), shown: 'receiver', ...times};
  // No line is drawn if both ends share a lifeline or have none.
  return {...named((name) => `${name(from)} > ${name(to)}`), shown: 'neither', ...times};
};
