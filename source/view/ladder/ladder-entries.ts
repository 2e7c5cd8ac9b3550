// What gets a row of its own in the ladder: packets, bursts of them, skipped time, quiet changes of state,
// what a host does without a packet.

import type {Copy} from '../../account/copies.ts';
import type {PacketRecord} from '../../sim/trace.ts';
import type {Gap, StateChange} from '../time/pace.ts';
import type {Happening} from './happenings.ts';

const burstLeast = 5;

export type Entry =
  | {readonly kind: 'packet'; readonly order: number; readonly packet: PacketRecord}
  | {
      readonly kind: 'burst';
      readonly order: number;
      readonly packets: readonly [PacketRecord, ...PacketRecord[]];
    }
  | {readonly kind: 'copy'; readonly order: number; readonly copy: Copy}
  | {readonly kind: 'gap'; readonly order: number; readonly gap: Gap}
  | {readonly kind: 'state'; readonly order: number; readonly change: StateChange}
  | {readonly kind: 'happening'; readonly order: number; readonly happening: Happening};

const asPacket = (packet: PacketRecord): Entry => ({kind: 'packet', order: packet.sendEvent, packet});

/** What was lost or sent again is what the reader looks for: it keeps its row, from its departure on. */
const staysApart = ({lost, retransmission}: PacketRecord): boolean => lost || retransmission;

/** First and last keep their rows; of the others, two or more alike in a row share one. */
const foldInner = (run: readonly PacketRecord[]): Entry[] => {
  const entries: Entry[] = [];
  let alike: PacketRecord[] = [];
  const flush = (): void => {
    const [first, ...more] = alike;
    if (first && more.length > 0)
      entries.push({kind: 'burst', order: first.sendEvent, packets: [first, ...more]});
    else entries.push(...alike.map(asPacket));
    alike = [];
  };
  for (const [index, packet] of run.entries()) {
    if (index > 0 && index < run.length - 1 && !staysApart(packet)) {
      alike.push(packet);
      continue;
    }
    flush();
    entries.push(asPacket(packet));
  }
  return entries;
};

/** More than four departures in one direction within a tenth of a flight: the first, the rest in one row, the last. */
export const foldBursts = (packets: readonly PacketRecord[]): Entry[] => {
  const entries: Entry[] = [];
  for (let i = 0; i < packets.length; ) {
    const first = packets[i];
    if (!first) break;
    const flightUs = Math.max(0, first.dueUs - first.sentUs);
    let end = i + 1;
    for (let next = packets[end]; next; next = packets[end]) {
      if (next.from !== first.from || next.to !== first.to) break;
      if ((next.sentUs - first.sentUs) * 10 > flightUs) break;
      end++;
    }
    const run = packets.slice(i, end);
    entries.push(...(run.length >= burstLeast ? foldInner(run) : run.map(asPacket)));
    i = end;
  }
  return entries;
};
