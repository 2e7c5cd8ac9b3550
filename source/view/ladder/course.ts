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
  /** `unseen`: the packet has left, and it is unknown whether it arrived. */
  readonly status: 'flying' | 'arrived' | 'lost' | 'unseen';
  /** The place of the packet's head: 0 at the sender, 1 at the receiver. */
  readonly progress: number;
  /** The time in µs at which the packet reaches the other end, or would have. */
  readonly dueUs: number;
  /** The time at the other end, or the sender's time, is an estimate. */
  readonly estimated: boolean;
  /** The end of the way is assumed, not proved. */
  readonly presumed: boolean;
  readonly lostBecause: string | undefined;
  /** The reason for the loss, as short as a label. */
  readonly lostLabel?: string | undefined;
};

/** Returns the share of a way that has passed at a time, from 0 to 1. */
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
    // A packet for many receivers counts as no longer under way, because its way has no single end.
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
  /** The hosts without a lifeline; `othersShort` shows only the ends of their names, in which addresses differ. */
  readonly others: string | undefined;
  readonly othersShort?: string;
  /** The ends that have a lifeline; absent if both have. */
  readonly shown?: 'sender' | 'receiver' | 'neither';
  /** The end whose time is unknown. */
  readonly untimed?: 'departure' | 'arrival';
};

export const untimedEnd = (trace: Trace, {sendEvent, endEvent}: PacketRecord): CapturedEnds['untimed'] => {
  if (trace.header.profile !== 'capture') return undefined;
  if (entryAt(trace, sendEvent).untimed) return 'departure';
  return endEvent === undefined || entryAt(trace, endEvent).untimed ? 'arrival' : undefined;
};

/** The number of characters of a name that stay when it is shortened. */
const tail = 5;
/** The fewest characters that shortening must save to be worth an ellipsis. */
const leastSaved = 3;

const tailOf = (name: string): string => {
  const text = terminal.text(name);
  return text.length <= tail + leastSaved ? text : `…${text.slice(-tail)}`;
};

/** Returns the ends of a packet; an end is replaced by another address of the same machine if that one has the lifeline. */
export const atLifelines = (
  {input: {trace}}: View,
  {from, to}: Pick<PacketRecord, 'from' | 'to'>,
): {readonly from: string; readonly to: string} => {
  const also = alsoAt(trace);
  return also.size === 0 ? {from, to} : {from: also.get(from) ?? from, to: also.get(to) ?? to};
};

/**
 * Tells whether a packet belongs to a conversation of the other address family; packets outside conversations show their family by their
 * protocol.
 */
const isOther = ({from, conversation}: PacketRecord, shown: string): boolean =>
  conversation !== undefined && from !== shown;

const familyOf = (address: string): string => (address.includes(':') ? 'IPv6' : 'IPv4');

/**
 * Returns which ends have a lifeline. In a simulated run, too, a host may have none if only two are drawn: one that forges an address or
 * answers for another.
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
  // Both ends are at one lifeline, or at none; no line connects them.
  return {...named((name) => `${name(from)} > ${name(to)}`), shown: 'neither', ...times};
};
