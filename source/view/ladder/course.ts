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
  /** The packet's fate by now; `unseen`: the packet was sent, and it is unknown whether it arrived. */
  readonly status: 'flying' | 'arrived' | 'lost' | 'unseen';
  /** The place of the packet's head: 0 at the sender, 1 at the receiver. */
  readonly progress: number;
  /** The time in µs at which the packet arrives at the other end, or would have arrived. */
  readonly dueUs: number;
  /** True if the time of arrival is an estimate. */
  readonly estimated: boolean;
  /** True if the packet's fate is assumed, not proved. */
  readonly presumed: boolean;
  readonly lostBecause: string | undefined;
  /** The reason for the loss, as short as a label; undefined if the packet was not lost. */
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
    // A packet for many receivers counts as arrived, because its way has no single end.
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
  /** The names of the packet's ends that have no lifeline; `othersShort` has only the ends of these names, in which addresses differ. */
  readonly others: string | undefined;
  readonly othersShort?: string;
  /** The end of the packet that has a lifeline; undefined if both have. */
  readonly shown?: 'sender' | 'receiver' | 'neither';
  /** The end whose time a capture does not show; undefined if it shows both. */
  readonly untimed?: 'departure' | 'arrival';
};

export const untimedEnd = (trace: Trace, {sendEvent, endEvent}: PacketRecord): CapturedEnds['untimed'] => {
  if (trace.header.profile !== 'capture') return undefined;
  if (entryAt(trace, sendEvent).untimed) return 'departure';
  return endEvent === undefined || entryAt(trace, endEvent).untimed ? 'arrival' : undefined;
};

/** The number of last characters of a name that stay when it is shortened. */
const tail = 5;
/** The fewest characters that shortening must save to be worth an ellipsis. */
const leastSaved = 3;

const tailOf = (name: string): string => {
  const text = terminal.text(name);
  return text.length <= tail + leastSaved ? text : `…${text.slice(-tail)}`;
};

/**
 * Returns the sender and the receiver by the addresses that have lifelines: an address of a machine that is drawn under another address is
 * replaced.
 */
export const atLifelines = (
  {input: {trace}}: View,
  {from, to}: Pick<PacketRecord, 'from' | 'to'>,
): {readonly from: string; readonly to: string} => {
  const also = alsoAt(trace);
  return also.size === 0 ? {from, to} : {from: also.get(from) ?? from, to: also.get(to) ?? to};
};

/**
 * Tells whether a packet belongs to a conversation of the other address family (IPv4 or IPv6) than the lifeline's. Packets outside
 * conversations do not count, because their protocol shows the family.
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
