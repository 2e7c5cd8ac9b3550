// Chooses what gets a row of its own in the ladder (packets, bursts, skipped time, changes of TCP state, DNS calls and answers), and which
// part of a run is shown: the newest, or that around the selected packet.

import {type Copy, copiesIn} from '../../account/fates.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {bisect} from '../../wire/growing-list.ts';
import type {Seq} from '../../wire/seq.ts';
import {at, type Gap, momentOf, newestChanges, type StateChange} from '../time/pace.ts';
import {isMany, type View} from '../view.ts';
import {type Happening, happeningsIn} from './happenings.ts';

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

/** Tells whether a packet keeps its own row even in a burst, because readers look for losses and retransmissions. */
const staysApart = ({lost, retransmission}: PacketRecord): boolean => lost || retransmission;

/** Returns the rows of a burst: the first and the last packet keep their own; of the others, consecutive ordinary ones share one row. */
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

/**
 * Returns the rows of packets with bursts folded: more than four that leave in one direction within a tenth of a packet's delay become the
 * first, one row for the others, and the last.
 */
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

const itemsKept = 40;
/**
 * The number of packets that are searched, from the newest back, for rows of the ladder and for the previous transmission of the same data.
 */
const packetsSearched = 400;

/**
 * Returns the number of the last packet, not after `newest`, with which host `from` sent a segment with this sequence number; undefined if
 * there is none among the last few hundred packets.
 */
export const lastSending = (
  trace: Trace,
  {from, seq}: {readonly from: string; readonly seq: Seq},
  newest: number,
): number | undefined => {
  for (let id = newest; id > Math.max(0, newest - packetsSearched); id--) {
    const packet = packetOf(trace, id);
    if (packet.from === from && segmentOf(packet)?.seq === seq) return id;
  }
  return undefined;
};

/** The part of a run that ends at the moment with the index `moment`. */
type Stretch = {readonly view: View; readonly moment: number};

const newestPackets = ({view, moment}: Stretch, most: number): readonly PacketRecord[] => {
  const {trace, pacing} = view.input;
  const newest = at(pacing.sent, moment);
  const packets: PacketRecord[] = [];
  for (let id = Math.max(1, newest - most + 1); id <= newest; id++) packets.push(packetOf(trace, id));
  return packets;
};

/**
 * Returns the packets from the first change of direction on; empty if there is none. The packets before it may belong to a burst whose
 * beginning is missing.
 */
const fromTurn = (packets: readonly PacketRecord[]): readonly PacketRecord[] => {
  const turn = packets.findIndex(({from, to}, index) => {
    const before = packets[index - 1];
    return before !== undefined && (before.from !== from || before.to !== to);
  });
  return turn < 0 ? [] : packets.slice(turn);
};

/**
 * Returns the ladder's rows for the newest packets. In a simulated run few packets are enough, unless they fold into few rows; in a capture
 * more are searched, because an earlier packet may have a later estimated departure.
 */
const packetRows = (stretch: Stretch): readonly Entry[] => {
  const isCapture = stretch.view.input.trace.header.profile === 'capture';
  const few = isCapture ? [] : foldBursts(fromTurn(newestPackets(stretch, 2 * itemsKept)));
  return few.length > itemsKept ? few : inOrder(foldBursts(newestPackets(stretch, packetsSearched)));
};

const gapsUntil = ({view, moment}: Stretch): Entry[] => {
  const {pacing, playback} = view.input;
  const begun = bisect(pacing.gaps.length, (index) => (pacing.gaps.at(index)?.moment ?? 0) > moment);
  return pacing.gaps
    .slice(Math.max(0, begun - itemsKept), begun)
    .filter((gap) => gap.moment < moment || playback.viewMs > at(pacing.viewMs, moment))
    .map((gap) => ({kind: 'gap', order: at(pacing.event, gap.moment) + 0.5, gap}));
};

const quietChanges = ({view: {input, hosts}, moment}: Stretch, fromEvent: number): Entry[] =>
  newestChanges(input.pacing, moment, itemsKept)
    .filter(({quiet, host, event}) => quiet && event > fromEvent && hosts.some(({id}) => id === host))
    .map((change) => ({kind: 'state', order: change.event, change}));

/** Returns the rows of packets that the network has copied by now, each after everything that was sent before the copy was made. */
const copiesUntil = ({view, moment}: Stretch): Entry[] => {
  const {trace, pacing} = view.input;
  const seen = at(pacing.event, moment);
  return copiesIn(trace).flatMap((copy): Entry[] => {
    const after = bisect(pacing.moments, (index) => at(pacing.atUs, index) > copy.fromUs);
    const order = at(pacing.event, Math.max(0, after - 1));
    return order <= seen && copy.fromUs <= view.nowUs ? [{kind: 'copy', order: order + 0.75, copy}] : [];
  });
};

const happeningsUntil = ({view: {input, hosts}, moment}: Stretch): Entry[] =>
  happeningsIn(input.trace)
    .filter(({event}) => event.n <= at(input.pacing.event, moment) && hosts.some(({id}) => id === event.host))
    .slice(-itemsKept)
    .map((happening) => ({kind: 'happening', order: happening.event.n, happening}));

/**
 * Returns the rows in an order in which no packet is above one with a lower number, even if its estimated departure is earlier, so that
 * rows keep their places.
 */
const inOrder = (entries: readonly Entry[]): readonly Entry[] => {
  let newest = 0;
  return entries.map((entry) => {
    newest = Math.max(newest, entry.order);
    return {...entry, order: newest};
  });
};

export const firstPacket = (entry: Entry): number | undefined =>
  entry.kind === 'packet' ? entry.packet.id : entry.kind === 'burst' ? entry.packets[0].id : undefined;

const entriesOf = (stretch: Stretch): readonly Entry[] => {
  const packets = packetRows(stretch);
  const [first] = packets;
  const firstEvent = first?.order ?? stretch.view.input.trace.length + 1;
  // Changes of TCP state get no rows in a ladder with three or more hosts, because the states are shown under the hosts' names.
  const quiet = isMany(stretch.view) ? [] : quietChanges(stretch, firstEvent);
  const copies = isMany(stretch.view) ? [] : copiesUntil(stretch);
  const happenings = isMany(stretch.view) ? happeningsUntil(stretch) : [];
  // DNS calls and answers before packet 1 have rows, too, unless the rows begin with a later packet.
  const opening = ((first && firstPacket(first)) ?? 1) === 1 ? happenings[0]?.order : undefined;
  const begin = Math.min(firstEvent, opening ?? firstEvent);
  return [...packets, ...gapsUntil(stretch), ...quiet, ...copies, ...happenings]
    .filter(({order}) => order >= begin)
    .sort((a, b) => a.order - b.order)
    .slice(-itemsKept);
};

/**
 * Returns the newest rows and the moment at which they end; in a long run, those around the selected packet `chosen` if it is not among the
 * newest.
 */
export const shownEntries = (view: View, chosen: number | undefined) => {
  const {moment} = view;
  const {trace, pacing} = view.input;
  const entries = entriesOf({view, moment});
  const first = entries.map(firstPacket).find((id) => id !== undefined);
  if (chosen === undefined || first === undefined || chosen >= first) return {entries, moment};
  const near = Math.min(at(pacing.sent, moment), chosen + itemsKept / 4);
  const end = momentOf(pacing, packetOf(trace, near).sendEvent);
  return {entries: entriesOf({view, moment: end}), moment: end};
};
