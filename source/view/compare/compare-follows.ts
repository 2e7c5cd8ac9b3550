// Tells what a packet causes where it arrives, if that differs between two runs: a state, bytes for the program, a lookup's result, or a
// reply.

import {entriesBetween, ofKind} from '../../account/entries.ts';
import {fateOf} from '../../account/fates.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import {theHost} from '../../lesson/host-names.ts';
import type {Language} from '../../lesson/text.ts';
import type {Comparison} from '../../sim/compare.ts';
import type {StateRow} from '../../sim/compare-hosts.ts';
import type {PacketRow} from '../../sim/compare-packets.ts';
import type {EventOf, Trace} from '../../sim/trace.ts';
import {appEventText} from '../../words/app-text.ts';
import {compareFollows, compareThen} from '../../words/catalogue/compare.ts';
import {lateness, packetWords, type Wording} from './compare-facts.ts';

type Arrival = {
  readonly host: string;
  readonly states: readonly EventOf<'state'>[];
  readonly bytes: number;
  /** True if the octets that a packet delivers are data for a program; false for TLS records and for datagrams, such as DNS messages. */
  readonly isData: boolean;
  readonly reply: EventOf<'send'> | undefined;
  readonly result: EventOf<'answer'> | undefined;
};

/** Returns what the receiver does at the instant at which a packet arrives; undefined if the packet does not arrive. */
const arrivalOf = (trace: Trace, id: number | undefined): Arrival | undefined => {
  const fate = id === undefined ? undefined : fateOf(trace, packetOf(trace, id));
  if (fate?.what !== 'delivered' || fate.event === undefined) return undefined;
  const [arrive, ...later] = entriesBetween(trace, fate.event, Math.min(trace.length, fate.event + 40));
  if (arrive?.kind !== 'arrive') return undefined;
  const {host, atUs} = arrive;
  const end = later.findIndex((event) => event.kind === 'arrive' || event.atUs !== atUs);
  const own = later.slice(0, end < 0 ? later.length : end).filter((event) => event.host === host);
  // Octets in a datagram or a TLS record do not count as data: a reply describes the datagram, and the record's effect describes the
  // record.
  const isData =
    segmentOf(packetOf(trace, arrive.packet)) !== undefined && own.every(({kind}) => kind !== 'tls');
  return {
    host,
    states: ofKind(own, 'state'),
    bytes: ofKind(own, 'deliver').reduce((sum, {bytes}) => sum + bytes, 0),
    isData,
    reply: ofKind(own, 'send').find(({packet}) => packet > 0),
    result: ofKind(own, 'answer')[0],
  };
};

const stateRow = (
  {states}: Comparison,
  side: 'leftUs' | 'rightUs',
  {host, connection = '', to, atUs}: EventOf<'state'>,
): StateRow | undefined =>
  states.find(
    (row) =>
      row.relation !== '=' &&
      row.host === host &&
      row.connection === connection &&
      row.state === to &&
      row[side] === atUs,
  );

export const stateText = (trace: Trace, row: StateRow, language: Language): string => {
  const {relation, state} = row;
  const host = theHost(trace, row.host)[language];
  if (relation === '+') return compareThen.onlyB[language]({host, state});
  if (relation === '−') return compareThen.never[language]({host, state});
  return compareThen.moved[language]({host, state, when: lateness(row, language)});
};

const stateFollowing = (
  comparison: Comparison,
  sides: readonly (Arrival | undefined)[],
  language: Language,
): string | undefined => {
  const rows = (['leftUs', 'rightUs'] as const).flatMap((side, index) =>
    (sides[index]?.states ?? []).flatMap((event) => stateRow(comparison, side, event) ?? []),
  );
  const last = rows.at(-1);
  return last && stateText(comparison.left, last, language);
};

const bytesFollowing = (
  {left: trace}: Comparison,
  [a, b]: readonly (Arrival | undefined)[],
  {row: {left, right}, language}: {readonly row: PacketRow; readonly language: Language},
): string | undefined => {
  const one = a ?? b;
  const [inA, inB] = [a?.bytes ?? 0, b?.bytes ?? 0];
  if (!one?.isData || inA === inB) return undefined;
  const host = theHost(trace, one.host)[language];
  return left === undefined || right === undefined
    ? compareFollows.gets[language]({host, bytes: one.bytes})
    : compareFollows.bytes[language]({host, left: inA, right: inB});
};

/**
 * If a packet arrives in only one of two runs, returns the sentence on the reply or result that follows there; undefined if it arrives in
 * both or in neither.
 */
const replyFollowing = (
  {left, right}: Comparison,
  [a, b]: readonly (Arrival | undefined)[],
  wording: Wording,
): string | undefined => {
  const {language} = wording;
  if (a && b) return undefined;
  const [trace, one, run] = a ? [left, a, 'A'] : [right, b, 'B'];
  if (!one) return undefined;
  const host = theHost(trace, one.host)[language];
  const result = one.result && appEventText(one.result, language);
  if (result !== undefined) return compareFollows.result[language]({host, run, result});
  return (
    one.reply && compareFollows.reply[language]({host, run, packet: packetWords(trace, one.reply, wording)})
  );
};

/** Returns a sentence on the first effect of a packet that differs between the runs; undefined if the effects are the same. */
export const followsFrom = (comparison: Comparison, row: PacketRow, wording: Wording): string | undefined => {
  const {language} = wording;
  const sides = [arrivalOf(comparison.left, row.left), arrivalOf(comparison.right, row.right)];
  return (
    stateFollowing(comparison, sides, language) ??
    bytesFollowing(comparison, sides, {row, language}) ??
    replyFollowing(comparison, sides, wording)
  );
};
