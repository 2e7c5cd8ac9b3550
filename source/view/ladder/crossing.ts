// Flights that cross: both ends send at the same time, before either receives. Each takes two rows.

import {packetOf} from '../../account/packet.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import type {Half, LadderItem, PacketItem} from './ladder-item.ts';

const packetAt = (trace: Trace, id: number): PacketRecord | undefined =>
  id >= 1 && id <= trace.packetCount ? packetOf(trace, id) : undefined;

/** The packet that leaves the other end at the same time as packet `id`, where these two are all that leave then. */
export const crossingOf = (trace: Trace, id: number): PacketRecord | undefined => {
  const [before, packet, next, afterNext] = [-1, 0, 1, 2].map((by) => packetAt(trace, id + by));
  if (!packet || !next || packet.from === packet.to) return undefined;
  const isWith = (other: PacketRecord | undefined): boolean => other?.sentUs === packet.sentUs;
  if (!isWith(next) || isWith(before) || isWith(afterNext)) return undefined;
  return next.from === packet.to && next.to === packet.from ? next : undefined;
};

/** A longer run is dense whatever its rows. */
const mostCounted = 200;

/** Rows that the crossing flights of a run take besides those of their departures. */
export const crossingsIn = oncePer((trace: Trace): number => {
  if (trace.packetCount > mostCounted) return 0;
  let rows = 0;
  for (let id = 1; id < trace.packetCount; id++) if (crossingOf(trace, id)) rows += 2;
  return rows;
});

type Flight = Omit<Half, 'part'>;

/** The rows of its departure and of its arrival. */
export const halvesOf = (item: PacketItem, flight: Flight): readonly [PacketItem, PacketItem] => [
  {...item, receiver: undefined, half: {part: 'departure', ...flight}},
  {...item, sender: undefined, half: {part: 'arrival', ...flight}},
];

/** Of the flight that leaves first in the picture, and of the other; hosts may be called a and b themselves. */
export const lettersFor = (hosts: readonly string[]): readonly [string, string] =>
  hosts.some((host) => host === 'a' || host === 'b') ? ['x', 'y'] : ['a', 'b'];

/** Departures first, arrivals after. `partner`: the item of the packet that crosses this one, on its way or still to leave. */
export const withCrossings = (
  items: readonly LadderItem[],
  partner: (item: PacketItem) => PacketItem | undefined,
  letters: readonly [string, string],
): readonly LadderItem[] => {
  const rows: LadderItem[] = [];
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (!item) break;
    const other = item.kind === 'packet' ? partner(item) : undefined;
    if (item.kind !== 'packet' || !other) {
      rows.push(item);
      continue;
    }
    const next = items[index + 1];
    const second = next?.kind === 'packet' && next.id === other.id ? next : undefined;
    if (second) index++;
    const [leavesA, landsA] = halvesOf(item, {letter: letters[0], isFirst: true});
    const [leavesB, landsB] = halvesOf(second ?? other, {letter: letters[1], isFirst: false});
    rows.push(leavesA, leavesB, landsA, landsB);
  }
  return rows;
};
