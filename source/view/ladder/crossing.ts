// Flights that cross: both ends send at the same time, before either receives. Each flight takes two rows.

import {packetOf} from '../../account/packet.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import type {Half, LadderItem, PacketItem} from './ladder-item.ts';

const packetAt = (trace: Trace, id: number): PacketRecord | undefined =>
  id >= 1 && id <= trace.packetCount ? packetOf(trace, id) : undefined;

/** Returns the packet that leaves the other end at the same time as packet `id`, if only these two leave then. */
export const crossingOf = (trace: Trace, id: number): PacketRecord | undefined => {
  const [before, packet, next, afterNext] = [-1, 0, 1, 2].map((by) => packetAt(trace, id + by));
  if (!packet || !next || packet.from === packet.to) return undefined;
  const isWith = (other: PacketRecord | undefined): boolean => other?.sentUs === packet.sentUs;
  if (!isWith(next) || isWith(before) || isWith(afterNext)) return undefined;
  return next.from === packet.to && next.to === packet.from ? next : undefined;
};

/** The most packets for which crossings are counted; a longer run gets dense rows anyway. */
const mostCounted = 200;

/** Returns how many rows the crossing flights of a run take in addition to those of their departures. */
export const crossingsIn = oncePer((trace: Trace): number => {
  if (trace.packetCount > mostCounted) return 0;
  let rows = 0;
  for (let id = 1; id < trace.packetCount; id++) if (crossingOf(trace, id)) rows += 2;
  return rows;
});

type Flight = Omit<Half, 'part'>;

/** Returns the two rows of a flight, that of its departure and that of its arrival. */
export const halvesOf = (item: PacketItem, flight: Flight): readonly [PacketItem, PacketItem] => [
  {...item, receiver: undefined, half: {part: 'departure', ...flight}},
  {...item, sender: undefined, half: {part: 'arrival', ...flight}},
];

/** Returns the letters of the flight that leaves first in the picture, and of the other; they avoid names of hosts. */
export const lettersFor = (hosts: readonly string[]): readonly [string, string] =>
  hosts.some((host) => host === 'a' || host === 'b') ? ['x', 'y'] : ['a', 'b'];

/**
 * Returns the items with crossing flights in two rows, departures before arrivals. `partner` returns the item of the packet that crosses an
 * item, under way or still to leave.
 */
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
