// Classifies the differences between two runs: the reader is taken to the first of each kind, and the others are only counted.

import {fateOf} from '../../account/fates.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import type {Comparison} from '../../sim/compare.ts';
import type {PacketRow} from '../../sim/compare-packets.ts';
import type {Trace} from '../../sim/trace.ts';
import {hasFlag} from '../../wire/tcp.ts';
import {summaryWords} from './compare-facts.ts';
import {sendOf} from './compare-words.ts';

type Kind = {
  /**
   * A text, without numbers, on a difference between two runs: who sends what and why, in which run, and how late it is there. Differences
   * with equal texts are of one kind.
   */
  readonly alike: string;
  /**
   * True if the differing packet is lost, a retransmission, or begins or ends a connection. After it, differences of every kind count as
   * new again.
   */
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
  /** A packet's text with all of its numbers. Two runs send the same packet if these texts are equal. */
  readonly exactly: string;
};

const absent: Side = {alike: '', exactly: ''};

const sideOf = (trace: Trace, id: number | undefined): Side => {
  const send = id === undefined ? undefined : sendOf(trace, id);
  if (id === undefined || !send) return absent;
  const {from, to} = packetOf(trace, id);
  const exactly = summaryWords(trace, send, 'en');
  // PSH only marks the end of a program's write, so packets with and without it are of the same kind.
  const words = exactly.replace('PSH,', '').replace(/\d+/g, '#');
  return {exactly, alike: [from, to, words, send.because, isLost(trace, id)].join(' ')};
};

/** Returns the class of a delay between two runs; the delays of each class are four times as long as those of the class before. */
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
