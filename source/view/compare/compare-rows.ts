// Computes the rows of two ladders at one time: each packet beside its counterpart in the other run, and gaps in time between the packets.

import {instantOf, ofKind} from '../../account/entries.ts';
import {fateOf, treatmentOf} from '../../account/fates.ts';
import {packetOf} from '../../account/packet.ts';
import type {Comparison} from '../../sim/compare.ts';
import type {Relation} from '../../sim/compare-packets.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {labelOf} from '../ladder/label.ts';
import type {PacketItem} from '../ladder/ladder-item.ts';
import type {SceneHost} from '../ladder/scene-hosts.ts';
import {aheadOf} from '../ladder/scene-ladder.ts';
import {compareTimes} from './compare-time.ts';

/**
 * The texts at one end of a packet's line: the time at which that host sent or received it, and the state that the host entered with it.
 */
export type CompareEnd = {readonly atUs: number | undefined; readonly state: string | undefined};

export type CompareCell = {
  readonly item: PacketItem;
  readonly left: CompareEnd;
  readonly right: CompareEnd;
};

type Pair<T> = readonly [left: T, right: T];

export type CompareRow =
  | {
      readonly kind: 'packet';
      readonly relation: Relation;
      readonly cells: Pair<CompareCell | undefined>;
      /** True if the two compared runs are equal from the start up to this row. */
      readonly calm: boolean;
    }
  /**
   * A time without packets before the next packet of two compared runs; `lengthsUs` has its length in each run in µs, undefined for a run
   * without such a gap.
   */
  | {readonly kind: 'gap'; readonly lengthsUs: Pair<number | undefined>};

type Hosts = Pair<SceneHost>;

const enteredIn = (trace: Trace, n: number | undefined, host: string): string | undefined => {
  if (n === undefined) return undefined;
  return ofKind(instantOf(trace, n), 'state').findLast((event) => event.host === host)?.to;
};

/**
 * Returns the TCP state that the sender entered by sending a packet. undefined if an arriving packet caused the sending, because the state
 * is shown at that packet.
 */
const senderState = (trace: Trace, {sendEvent, from}: PacketRecord): string | undefined => {
  const [first] = instantOf(trace, sendEvent);
  return first?.kind === 'arrive' || first?.kind === 'drop' ? undefined : enteredIn(trace, sendEvent, from);
};

type Stage = Pick<PacketItem, 'status' | 'progress'> & {readonly endUs: number};

const stageAt = (trace: Trace, packet: PacketRecord, atUs: number): Stage => {
  const fate = fateOf(trace, packet);
  const endUs = fate?.atUs ?? packet.dueUs;
  const wayUs = Math.max(1, packet.dueUs - packet.sentUs);
  const shareAt = (us: number): number => Math.min(1, Math.max(0, (us - packet.sentUs) / wayUs));
  if (!fate || endUs > atUs) return {status: 'flying', progress: shareAt(atUs), endUs};
  if (fate.what === 'lost') return {status: 'lost', progress: shareAt(endUs), endUs};
  return {status: fate.what === 'unknown' ? 'unseen' : 'arrived', progress: 1, endUs};
};

/** Returns what one ladder shows of a packet at a time; undefined before the packet is sent. */
const cellOf = (
  trace: Trace,
  id: number | undefined,
  hosts: Hosts,
  atUs: number,
): CompareCell | undefined => {
  const packet = id === undefined ? undefined : packetOf(trace, id);
  if (!packet || packet.sentUs > atUs) return undefined;
  const [left, right] = hosts.map(({id: host}) => host);
  const toRight = packet.from === left || (packet.from !== right && packet.to !== left);
  const {status, progress, endUs} = stageAt(trace, packet, atUs);
  const sender: CompareEnd = {atUs: packet.sentUs, state: senderState(trace, packet)};
  const receiver: CompareEnd =
    status === 'arrived'
      ? {atUs: endUs, state: enteredIn(trace, packet.endEvent, packet.to)}
      : {atUs: undefined, state: undefined};
  const between = [packet.from, packet.to].every((host) => host === left || host === right);
  const label = labelOf(trace, packet, {relative: false, questions: []});
  const relativeLabel = () => labelOf(trace, packet, {relative: true, questions: []});
  const item: PacketItem = {
    ...aheadOf(packet, {toRight, label, relativeLabel}),
    ...{status, progress, comet: true, again: packet.retransmission, treatment: treatmentOf(trace, packet)},
    others: between ? undefined : `${packet.from} > ${packet.to}`,
  };
  return toRight ? {item, left: sender, right: receiver} : {item, left: receiver, right: sender};
};

/**
 * Returns the time in µs at which a packet was last sent or received in the run before packet `id` was sent; undefined if `id` is the first
 * packet.
 */
const quietSince = (trace: Trace, id: number): number | undefined => {
  if (id <= 1) return undefined;
  let lastUs = 0;
  // Only the 16 packets before are searched, because few packets are under way at the same time.
  for (let before = id - 1; before >= Math.max(1, id - 16); before--) {
    const packet = packetOf(trace, before);
    const fate = fateOf(trace, packet);
    lastUs = Math.max(lastUs, packet.sentUs, fate?.what === 'delivered' ? fate.atUs : 0);
  }
  return lastUs;
};

const gapBefore = (trace: Trace, id: number | undefined, least: number): number | undefined => {
  const since = id === undefined ? undefined : quietSince(trace, id);
  if (id === undefined || since === undefined) return undefined;
  const lengthUs = packetOf(trace, id).sentUs - since;
  return lengthUs > least ? lengthUs : undefined;
};

/**
 * Returns the last `most` rows of two compared ladders whose packets one of the runs has sent by now, up to row `last`. `earlier` counts
 * the packets above them.
 */
export const compareRows = (
  comparison: Comparison,
  hosts: Hosts,
  {atUs, most, last}: {readonly atUs: number; readonly most: number; readonly last?: number | undefined},
): {readonly rows: readonly CompareRow[]; readonly earlier: number} => {
  const {rows: all, left, right} = comparison;
  const {startUs, capUs} = compareTimes(comparison);
  const begun = all
    .slice(0, last === undefined ? all.length : last + 1)
    .flatMap((_, index) => ((startUs[index] ?? 0) <= atUs ? [index] : []));
  const firstDifference = all.findIndex(({relation}) => relation !== '=');
  const shown = begun.slice(Math.max(0, begun.length - most));
  const rows = shown.flatMap((index): CompareRow[] => {
    const row = all[index];
    if (!row) return [];
    const cells: Pair<CompareCell | undefined> = [
      cellOf(left, row.left, hosts, atUs),
      cellOf(right, row.right, hosts, atUs),
    ];
    const lengthsUs: Pair<number | undefined> = [
      cells[0] && gapBefore(left, row.left, capUs),
      cells[1] && gapBefore(right, row.right, capUs),
    ];
    const calm = firstDifference < 0 || index < firstDifference;
    const packet: CompareRow = {kind: 'packet', relation: row.relation, cells, calm};
    const skips = lengthsUs.some((length) => length !== undefined);
    return skips ? [{kind: 'gap', lengthsUs}, packet] : [packet];
  });
  return {rows, earlier: begun.length - shown.length};
};
