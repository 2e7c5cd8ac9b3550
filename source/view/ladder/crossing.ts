// Finds packets that cross on the way: both ends send at the same time, before either receives. Each such packet takes two rows of the
// ladder.

import {packetOf} from '../../account/packet.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import type {Half, LadderItem, PacketItem} from './ladder-item.ts';

const packetAt = (trace: Trace, id: number): PacketRecord | undefined =>
  id >= 1 && id <= trace.packetCount ? packetOf(trace, id) : undefined;

/**
 * Returns the next packet if the other end sends it at the same time as packet `id`, and nobody sends a third one then; otherwise
 * undefined.
 */
export const crossingOf = (trace: Trace, id: number): PacketRecord | undefined => {
  const [before, packet, next, afterNext] = [-1, 0, 1, 2].map((by) => packetAt(trace, id + by));
  if (!packet || !next || packet.from === packet.to) return undefined;
  const isWith = (other: PacketRecord | undefined): boolean => other?.sentUs === packet.sentUs;
  if (!isWith(next) || isWith(before) || isWith(afterNext)) return undefined;
  return next.from === packet.to && next.to === packet.from ? next : undefined;
};

/** The most packets of a run for which crossings are counted; a longer run gets dense rows in any case. */
const mostCounted = 200;

/** Returns how many more rows the ladder of a run takes because of packets that cross on the way; 0 for runs of more than 200 packets. */
export const crossingsIn = oncePer((trace: Trace): number => {
  if (trace.packetCount > mostCounted) return 0;
  let rows = 0;
  for (let id = 1; id < trace.packetCount; id++) if (crossingOf(trace, id)) rows += 2;
  return rows;
});

type Flight = Omit<Half, 'part'>;

/** Returns the two rows of the ladder for a packet that crosses another: its departure and its arrival. */
export const halvesOf = (item: PacketItem, flight: Flight): readonly [PacketItem, PacketItem] => [
  {...item, receiver: undefined, half: {part: 'departure', ...flight}},
  {...item, sender: undefined, half: {part: 'arrival', ...flight}},
];

/** Returns the letters that name two packets that cross, the one drawn first and the other; no host is named so. */
export const lettersFor = (hosts: readonly string[]): readonly [string, string] =>
  hosts.some((host) => host === 'a' || host === 'b') ? ['x', 'y'] : ['a', 'b'];

/**
 * Returns the ladder's items with each crossing pair as four rows, departures before arrivals. `partner` returns the packet that crosses a
 * packet, under way or still to be sent.
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
