// Tells the kind of a difference: of several differences of one kind the reader goes to the first, and the others are counted.

import {fateOf} from '../../account/fates.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import type {Comparison} from '../../sim/compare.ts';
import type {PacketRow} from '../../sim/compare-packets.ts';
import type {Trace} from '../../sim/trace.ts';
import {hasFlag} from '../../wire/tcp.ts';
import {summaryWords} from './compare-facts.ts';
import {sendOf} from './compare-words.ts';

type Kind = {
  /** The kind as text without numbers: who sends what and why, in which run, and how late it is there. */
  readonly alike: string;
  /** A loss, a retransmission, a connection that begins or ends: every kind is told again after it. */
  readonly turns: boolean;
};

const isLost = (trace: Trace, id: number): boolean => fateOf(trace, packetOf(trace, id))?.what === 'lost';

const isTurn = (trace: Trace, id: number): boolean => {
  const packet = packetOf(trace, id);
  const segment = segmentOf(packet);
  const opensOrEnds =
    segment !== undefined && (['SYN', 'FIN', 'RST'] as const).some((flag) => hasFlag(segment, flag));
  return opensOrEnds || packet.retransmission || isLost(trace, id);
};

type Side = {
  readonly alike: string;
  /** The text in the list. */
  readonly exactly: string;
};

const absent: Side = {alike: '', exactly: ''};

const sideOf = (trace: Trace, id: number | undefined): Side => {
  const send = id === undefined ? undefined : sendOf(trace, id);
  if (id === undefined || !send) return absent;
  const {from, to} = packetOf(trace, id);
  const exactly = summaryWords(trace, send, 'en');
  // The boundary between two writes makes no kind of its own.
  const words = exactly.replace('PSH,', '').replace(/\d+/g, '#');
  return {exactly, alike: [from, to, words, send.because, isLost(trace, id)].join(' ')};
};

/** Returns how late a packet is, in classes of which each is four times as late as the one before. */
const lateness = (byUs: number): string => `${Math.sign(byUs)} ${Math.clz32(Math.abs(byUs)) >> 1}`;

export const kindOf = ({left, right}: Comparison, row: PacketRow): Kind => {
  const {left: a, right: b, relation} = row;
  const turns = (a !== undefined && isTurn(left, a)) || (b !== undefined && isTurn(right, b));
  const [before, after] = [sideOf(left, a), sideOf(right, b)];
  const sides = [relation, before.alike, after.alike];
  if (a === undefined || b === undefined) return {alike: sides.join(), turns};
  const isSame = before.exactly === after.exactly;
  const byUs = packetOf(right, b).sentUs - packetOf(left, a).sentUs;
  return {alike: [...sides, isSame ? lateness(byUs) : 'other'].join(), turns};
};
