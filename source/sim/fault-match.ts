// Finds the faults of a run that apply to a packet which is about to leave. The counts for `nth` are part of the simulated world, so that a
// step that is computed again counts the same.

import {type Frame, segmentIn} from '../wire/frame.ts';
import {hasFlag, segLen} from '../wire/tcp.ts';
import type {Draft} from './draft.ts';
import type {Fault, PacketPattern} from './fault.ts';
import {editorBetween} from './tap.ts';

/** A packet about to take a link. `from` and `to` are the ends of its whole way. */
export type Departure = {
  /** The host that sends the packet onto this link. */
  readonly host: string;
  readonly packet: number;
  readonly hop: number;
  readonly link: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly frame: Frame;
  readonly retransmission: boolean;
};

const matchesSegment = ({flags, data, seq, ack}: PacketPattern, frame: Frame): boolean => {
  if (!flags && data === undefined && seq === undefined && ack === undefined) return true;
  const segment = segmentIn(frame);
  if (!segment) return false;
  if (data !== undefined && segment.payload.length > 0 !== data) return false;
  if (seq !== undefined && (segment.seq !== seq || segLen(segment) === 0)) return false;
  if (ack !== undefined && (segment.ack !== ack || segLen(segment) > 0)) return false;
  return (flags ?? []).every((flag) => hasFlag(segment, flag));
};

/**
 * Tells whether a fault applies at this link. A fault that names no link applies on the packet's first link; an edit applies at the
 * attacker on the path, if there is one.
 */
const isPlace = (draft: Draft, {kind, at}: Fault, {host, hop, link, ...ends}: Departure): boolean => {
  if (at.link !== undefined) return at.link === link;
  const editor = kind === 'edit' ? editorBetween(draft, ends) : undefined;
  return editor === undefined ? hop === 0 : host === editor && hop > 0;
};

const matches = (at: PacketPattern, departure: Departure): boolean =>
  departure.packet > 0 &&
  (at.packet === undefined || at.packet === departure.packet) &&
  (at.from === undefined || at.from === departure.from) &&
  (at.to === undefined || at.to === departure.to) &&
  (at.retransmission === undefined || at.retransmission === departure.retransmission) &&
  matchesSegment(at, departure.frame);

const isNth = (nth: PacketPattern['nth'], count: number): boolean =>
  nth === undefined || (count >= nth.first && (nth.last === undefined || count <= nth.last));

export type ActiveFault = {readonly fault: Fault; readonly text: string};

/** Returns the faults that apply to a packet about to be sent. Every match is counted, even one that `nth` does not select. */
export const faultsOn = (draft: Draft, departure: Departure): readonly ActiveFault[] => {
  const {scenario, faultTexts} = draft.plan;
  const active: ActiveFault[] = [];
  scenario.faults.forEach((fault, index) => {
    if (!isPlace(draft, fault, departure) || !matches(fault.at, departure)) return;
    const count = (draft.world.faultCounts[index] ?? 0) + 1;
    const faultCounts = draft.world.faultCounts.map((each, i) => (i === index ? count : each));
    draft.world = {...draft.world, faultCounts};
    if (isNth(fault.at.nth, count)) active.push({fault, text: faultTexts[index] ?? ''});
  });
  return active;
};
