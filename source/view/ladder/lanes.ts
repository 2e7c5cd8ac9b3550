// Places the lifelines of three and more hosts: as close as names and labels allow; if there is no room for all, some hosts share a folded
// lifeline.

import {packetOf} from '../../account/packet.ts';
import type {Trace} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {fineColumns} from '../../words/format.ts';
import {textWidth} from '../../words/width.ts';
import type {Heads} from '../panels/fixed.ts';
import {at} from '../time/pace.ts';
import type {View} from '../view.ts';
import {labelOf, labelText} from './label.ts';
import type {Columns} from './picture.ts';
import {castOf, type SceneHost} from './scene-hosts.ts';

/** The number of columns that the sign `↺` of a retransmission and the blank after it take in a label. */
const againColumns = 2;

/** Returns the width of the longest label of the run with absolute numbers, so that its room is reserved from the start. */
const widestLabel = oncePer((trace: Trace): number => {
  let most = 0;
  for (let id = 1; id <= trace.packetCount; id++) {
    const packet = packetOf(trace, id);
    const text = labelText(labelOf(trace, packet, {relative: false, questions: []}));
    most = Math.max(most, textWidth(text) + (packet.retransmission ? againColumns : 0));
  }
  return most;
});

/**
 * The room for the ladder of three or more hosts: its last column `last`, and the last column of the times. `small` is true for a small
 * screen.
 */
type Room = {readonly last: number; readonly small: boolean; readonly timeEnd: number};

const leastDistance = 9;
const mostDistance = 14;
const mostLifelines = 7;
/**
 * The number of columns for a packet's number and label at the right of the lifelines: first the number that is wanted, then the least
 * numbers.
 */
const goodLabel = ({last}: Room): number => Math.min(48, Math.max(33, Math.floor(last * 0.4)));
const leastLabel = 30;
const leastSmallLabel = 21;
const labelGap = 3;
/**
 * The least distance to which lifelines are moved together so that the longest label of a run fits; labels already have enough columns
 * then.
 */
const leastForLabels = 11;
/**
 * The number of columns around a label: two before, two after, and the text after it while its packet is in flight, such as “due 59.95 s”.
 */
const aroundLabel = 4 + 12;

const halfName = (distance: number): number => Math.floor((distance - 1) / 2);

/** Returns the column of the first lifeline, which leaves room for the times and half of the host's name. */
const firstColumn = (distance: number, {timeEnd}: Room): number => timeEnd + 1 + halfName(distance);

const lastLifeline = (distance: number, lifelines: number, room: Room): number =>
  firstColumn(distance, room) + (lifelines - 1) * distance;

const distances = Array.from({length: mostDistance - leastDistance + 1}, (_, index) => mostDistance - index);

/** Returns the number of columns that the longest number, label and time of the run take together. */
const wholeLabel = ({input: {trace}}: View): number =>
  String(trace.packetCount).length + widestLabel(trace) + aroundLabel;

/**
 * Returns the widest distance between lifelines that leaves enough columns for a good label, or for a whole one if possible; otherwise the
 * least distance; undefined if labels have no room at the right of the lifelines.
 */
const besideDistance = (view: View, lifelines: number, room: Room): number | undefined => {
  const {last, small} = room;
  const left = (distance: number): number => last - lastLifeline(distance, lifelines, room) - labelGap + 1;
  const good = goodLabel(room);
  const wide = distances.find((distance) => left(distance) >= good);
  if (wide === mostDistance) {
    const whole = wholeLabel(view);
    return distances.find((each) => each >= leastForLabels && left(each) >= whole) ?? wide;
  }
  if (wide !== undefined) return wide;
  return left(leastDistance) >= (small ? leastSmallLabel : leastLabel) ? leastDistance : undefined;
};

const belowDistance = (lifelines: number, room: Room): number | undefined =>
  distances.find((distance) => lastLifeline(distance, lifelines, room) + halfName(distance) + 1 <= room.last);

/**
 * Returns the ids of the hosts that keep their own lifelines. Each of the reader's `turns` unfolds one more: first those that were never
 * unfolded, by packets, then the one that was unfolded the longest time ago.
 */
const keptAfter = (byPackets: readonly string[], turns: number, places: number): readonly string[] => {
  /** The unfolded hosts, the newest first. */
  let unfolded: readonly string[] = [];
  const kept = (): readonly string[] => [...new Set([...unfolded, ...byPackets])].slice(0, places);
  for (let turn = 0; turn < turns; turn++) {
    const shown = kept();
    const folded = byPackets.filter((id) => !shown.includes(id));
    const next =
      folded.find((id) => !unfolded.includes(id)) ?? unfolded.findLast((id) => folded.includes(id));
    if (next !== undefined) unfolded = [next, ...unfolded.filter((id) => id !== next)];
  }
  return kept();
};

/**
 * Returns the hosts of each lifeline, from the left. The hosts with the fewest packets in the whole run share the last one, so that nothing
 * folds while the run plays.
 */
const grouped = ({hosts, input}: View, most: number, turns: number): readonly (readonly SceneHost[])[] => {
  if (hosts.length <= most) return hosts.map((host) => [host]);
  const byPackets = castOf(input.trace)
    .toSorted((one, other) => other.packets - one.packets)
    .map(({id}) => id);
  const kept = keptAfter(byPackets, turns, most - 1);
  const shown = hosts.filter(({id}) => kept.includes(id)).map((host) => [host]);
  return [...shown, hosts.filter(({id}) => !kept.includes(id))];
};

/**
 * Returns the last column of the times. It leaves room for the longest time of the run from the start, so that nothing moves while it
 * plays.
 */
const timeEndOf = ({input: {pacing}}: View): number => 1 + fineColumns(at(pacing.atUs, pacing.moments - 1));

export const manyColumns = (view: View, picture: Omit<Room, 'timeEnd'>, {turns}: Heads): Columns => {
  const room: Room = {...picture, timeEnd: timeEndOf(view)};
  const counts = Array.from({length: mostLifelines - 2}, (_, index) => mostLifelines - index);
  const most = counts.find((count) => belowDistance(count, room) !== undefined) ?? 2;
  const groups = grouped(view, most, turns);
  const beside = besideDistance(view, groups.length, room);
  const distance = beside ?? belowDistance(groups.length, room) ?? leastDistance;
  const lifelines = groups.map((hosts, index) => ({
    column: firstColumn(distance, room) + index * distance,
    hosts,
  }));
  const right = lastLifeline(distance, groups.length, room);
  return {
    timeEnd: room.timeEnd,
    last: room.last,
    distance,
    lifelines,
    hasEnds: false,
    labelColumn: beside === undefined ? undefined : right + labelGap,
    indent: 0,
  };
};
