// The course of a packet at one instant: how far it has come and how its way ended; and which of its ends stand at a lifeline, and
// which of its times nothing tells, where it was captured.
import {entryAt} from '../../account/entries.ts';
import {fateAt} from '../../account/fates.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {fromHost, toHost} from '../../words/catalogue/capture.ts';
import {lostLabel, lostText} from '../../words/fates.ts';
import {terminal} from '../../words/written.ts';
import {isMany, type View} from '../view.ts';
import {alsoAt} from './scene-hosts.ts';

export type Stage = {
  /** `unseen`: it has left, and nobody can tell whether it came. */
  readonly status: 'flying' | 'arrived' | 'lost' | 'unseen';
  /** Where its head is: 0 at the sender, 1 at the receiver. */
  readonly progress: number;
  /** When the far end sees it, or would. */
  readonly dueUs: number;
  /** The far end's time is a guess, or the sender's. */
  readonly estimated: boolean;
  /** How it ended is not proved. */
  readonly presumed: boolean;
  readonly lostBecause: string | undefined;
  /** The same, as short as a label. */
  readonly lostLabel?: string | undefined;
};

/** How much of a way has been gone by then, from 0 to 1. */
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
    // What is meant for many is no longer under way, wherever it went.
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
  /** Those who have no lifeline; `othersShort`: by the ends of their names, in which addresses differ. */
  readonly others: string | undefined;
  readonly othersShort?: string;
  /** Which of its ends stands at a lifeline; absent: both. */
  readonly shown?: 'sender' | 'receiver' | 'neither';
  /** Nothing tells when it left, or when it arrived. */
  readonly untimed?: 'departure' | 'arrival';
};

export const untimedEnd = (trace: Trace, {sendEvent, endEvent}: PacketRecord): CapturedEnds['untimed'] => {
  if (trace.header.profile !== 'capture') return undefined;
  if (entryAt(trace, sendEvent).untimed) return 'departure';
  return endEvent === undefined || entryAt(trace, endEvent).untimed ? 'arrival' : undefined;
};

/** Characters of it that stay. */
const tail = 5;
/** Not worth a sign that something was cut. */
const leastSaved = 3;

const tailOf = (name: string): string => {
  const text = terminal.text(name);
  return text.length <= tail + leastSaved ? text : `…${text.slice(-tail)}`;
};

/** Its ends, or the machines that have a lifeline under another address of theirs. */
export const atLifelines = (
  {input: {trace}}: View,
  {from, to}: Pick<PacketRecord, 'from' | 'to'>,
): {readonly from: string; readonly to: string} => {
  const also = alsoAt(trace);
  return also.size === 0 ? {from, to} : {from: also.get(from) ?? from, to: also.get(to) ?? to};
};

/** Its conversation is one of the other family; what only the network says to itself tells its family by its name. */
const isOther = ({from, conversation}: PacketRecord, shown: string): boolean =>
  conversation !== undefined && from !== shown;

const familyOf = (address: string): string => (address.includes(':') ? 'IPv6' : 'IPv4');

/** Of runs, too: who forges an address or answers for another has a lifeline only where three and more hosts are drawn. */
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
  // Whoever speaks to itself has both ends at one lifeline: no line leads from one to the other.
  return {...named((name) => `${name(from)} > ${name(to)}`), shown: 'neither', ...times};
};
