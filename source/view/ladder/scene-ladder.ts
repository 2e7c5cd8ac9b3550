// Computes the rows of the ladder at one instant: packets with both their ends, skipped time, changes of state, and the running timers.

import {entryAt, instantOf} from '../../account/entries.ts';
import {type Copy, copiesIn, treatmentOf} from '../../account/fates.ts';
import {conversationSign, packetOf, segmentOf} from '../../account/packet.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {bisect} from '../../wire/growing-list.ts';
import {oncePer} from '../../wire/once-per.ts';
import {type SceneTimer, timersOf} from '../endpoints/scene-timers.ts';
import {at, type Gap, momentOf, quietCount} from '../time/pace.ts';
import {openQuestions, type Question} from '../time/waypoints.ts';
import {hasMet, isMany, selectedPacket, toldPacket, type View} from '../view.ts';
import {atLifelines, endsAt, shareOf, stageOf} from './course.ts';
import {crossingOf, crossingsIn, lettersFor, withCrossings} from './crossing.ts';
import {happeningsIn, happeningText} from './happenings.ts';
import {type LabelOptions, labelAt, labelOf} from './label.ts';
import type {LabelPart} from './label-part.ts';
import {type Entry, firstPacket, lastSending, shownEntries} from './ladder-entries.ts';
import type {Labels, LadderItem, PacketItem, StateLabel} from './ladder-item.ts';
import {connectionAtHand, isSeveral, stateAbove} from './states.ts';
import {windowsTold} from './window-told.ts';

export type LadderItems = {
  /** The ladder's rows, oldest first; in a long run only the newest ones, or those around the packet `scrolledTo`. */
  readonly items: readonly LadderItem[];
  /** The number of packets before the first row of the ladder. */
  readonly earlier: number;
  /** The number of packets that were sent after those in the last row of the ladder. */
  readonly later: number;
  /**
   * The number of the packet that the ladder must show while nothing moves: the selected one or the one that the narration is about;
   * undefined while the run plays, and with three or more hosts.
   */
  readonly scrolledTo: number | undefined;
  /** The number of the TCP connection to which `states` belongs, if a capture has several. */
  readonly conversation?: number | undefined;
  /** The TCP states of the two hosts before the first row of the ladder; undefined if unknown. */
  readonly states: readonly [StateLabel | undefined, StateLabel | undefined];
  readonly timers: readonly SceneTimer[];
  /** The numbers of rows for packets and for other items that the whole run needs, by which the density of the ladder is chosen. */
  readonly whole: {readonly packets: number; readonly others: number};
};

/** The most packets in flight in each direction that are drawn as comets. */
export const cometsMost = 3;

/** Returns the TCP state that `host` entered at the instant of event `n`; undefined if it entered none. */
const entered = (view: View, n: number, host: string): StateLabel | undefined => {
  const {trace, pacing} = view.input;
  const changes = instantOf(trace, n).filter((event) => event.kind === 'state' && event.host === host);
  const last = changes[changes.length - 1];
  if (last?.kind !== 'state' || !hasMet(view, 'state')) return undefined;
  const index = bisect(pacing.changes.length, (each) => (pacing.changes.at(each)?.event ?? 0) >= last.n);
  const deduced = last.deduced ? {deduced: true as const} : {};
  return {text: last.to, fresh: pacing.changes.at(index)?.moment === view.moment, ...deduced};
};

/**
 * Returns the TCP state that the sender entered by sending the packet; undefined if it entered none, or if an arrival caused the change,
 * which is then shown at that packet.
 */
const senderLabel = (view: View, packet: PacketRecord): StateLabel | undefined => {
  const instant = instantOf(view.input.trace, packet.sendEvent);
  const lands = instant[0]?.kind === 'arrive' || instant[0]?.kind === 'drop';
  const firstSend = instant.find((event) => event.kind === 'send');
  return lands || firstSend?.n !== packet.sendEvent
    ? undefined
    : entered(view, packet.sendEvent, packet.from);
};

const originalOf = (trace: Trace, packet: PacketRecord): number | undefined => {
  const segment = packet.retransmission ? segmentOf(packet) : undefined;
  return segment && lastSending(trace, {from: packet.from, seq: segment.seq}, packet.id - 1);
};

/**
 * Tells whether a packet's line leads to the right. With two hosts it does, unless the right one sends the packet or the left one, without
 * having sent it, receives it. With more hosts, a packet to a host without a lifeline leads to the right.
 */
const leadsRight = (view: View, packet: PacketRecord): boolean => {
  const {hosts} = view;
  const {from, to} = atLifelines(view, packet);
  if (hosts.length > 2) {
    const [start, end] = [from, to].map((host) => hosts.findIndex(({id}) => id === host));
    return end === undefined || end < 0 || (start ?? 0) <= end;
  }
  const [left, right] = hosts;
  return from === left.id || (from !== right.id && to !== left.id);
};

const labelsOf = (
  {hidden, language, input}: View,
  labelled: (options: LabelOptions) => readonly LabelPart[],
): Labels => {
  const label = (relative: boolean): readonly LabelPart[] =>
    labelled({questions: hidden, language, relative, windows: windowsTold(input.beats, input.trace)});
  return {label: label(input.playback.relative), relativeLabel: () => label(true)};
};

const packetItem = (view: View, packet: PacketRecord): PacketItem => {
  const {trace} = view.input;
  const stage = stageOf(view, packet);
  const ends = endsAt(view, packet);
  // Each end's TCP state is shown only if that end of the packet has a lifeline.
  const sends = ends.shown === undefined || ends.shown === 'sender';
  const receives = ends.shown === undefined || ends.shown === 'receiver';
  return {
    kind: 'packet',
    id: packet.id,
    from: packet.from,
    to: packet.to,
    toRight: leadsRight(view, packet),
    ...stage,
    comet: view.comets,
    ...labelsOf(view, (options) => labelAt(trace, packet, view.cursor, options)),
    again: packet.retransmission,
    treatment: treatmentOf(trace, packet, view.cursor),
    original: originalOf(trace, packet),
    sentUs: packet.sentUs,
    ...(entryAt(trace, packet.sendEvent).estimated ? {departureEstimated: true as const} : {}),
    sender: sends ? senderLabel(view, packet) : undefined,
    receiver:
      receives && stage.status === 'arrived' && packet.endEvent !== undefined
        ? entered(view, packet.endEvent, packet.to)
        : undefined,
    ...ends,
    ...(conversationSign(trace.header, packet.conversation) ? {conversation: packet.conversation} : {}),
  };
};

/** Returns the row of a copy that the network made of a packet. No host sends the copy, so no state changes where its line begins. */
const copyItem = (view: View, {packet, event, atUs, fromUs}: Copy): PacketItem => {
  const landed = event <= view.cursor;
  return {
    ...packetItem(view, packet),
    copy: true,
    status: landed ? 'arrived' : 'flying',
    progress: landed ? 1 : shareOf(fromUs, atUs, view.nowUs),
    again: false,
    original: undefined,
    treatment: 'copied',
    sentUs: fromUs,
    dueUs: atUs,
    sender: undefined,
    receiver: landed ? entered(view, event, packet.to) : undefined,
  };
};

/** Returns the row of a packet that has not been sent yet: its place is kept free, without a line. */
export const aheadOf = (
  {id, from, to, sentUs, dueUs}: PacketRecord,
  labels: Labels & Pick<PacketItem, 'toRight'>,
): PacketItem => ({
  ...{kind: 'packet', id, from, to, ...labels, sentUs, dueUs},
  ...{status: 'ahead', progress: 0, comet: false, again: false, treatment: undefined, original: undefined},
  ...{sender: undefined, receiver: undefined, lostBecause: undefined, estimated: false, others: undefined},
});

const waitingItem = (view: View, packet: PacketRecord, labels: Labels): PacketItem =>
  aheadOf(packet, {toRight: leadsRight(view, packet), ...labels});

/**
 * Returns a function that finds the packet that crosses a given packet; while it has not been sent, a free row stands for it, so that no
 * row moves. With three or more hosts it finds none.
 */
const partnerIn =
  (view: View) =>
  (item: PacketItem): PacketItem | undefined => {
    const other =
      isMany(view) || item.status === 'ahead' || item.copy
        ? undefined
        : crossingOf(view.input.trace, item.id);
    return other && waitingItem(view, other, {label: [], relativeLabel: () => []});
  };

/**
 * Tells whether a question on the flags of a packet has the choice that no packet comes; a free row for the packet would rule that choice
 * out.
 */
const mayBeNone = ({hides, choices}: Question): boolean =>
  hides?.fields.includes('flags') === true && choices.some(({value}) => value === undefined);

/**
 * Returns the ladder's row for the future packet that the open question is about, with blanks in its label and no line; undefined if there
 * is no such packet, or if the row would reveal the answer.
 */
const aheadItem = (view: View): PacketItem | undefined => {
  const {input} = view;
  const {gate} = input.playback;
  const asked = input.beats.find(({index}) => index === gate?.beat);
  if (asked?.kind !== 'prediction' || mayBeNone(asked)) return undefined;
  const id = asked.hides?.packet;
  if (id === undefined) return undefined;
  if (id < 1 || id > input.trace.packetCount || id <= at(input.pacing.sent, view.moment)) return undefined;
  const packet = packetOf(input.trace, id);
  return {
    ...waitingItem(
      view,
      packet,
      labelsOf(view, (options) => labelOf(input.trace, packet, options)),
    ),
    again: packet.retransmission,
  };
};

const gapItem = (view: View, gap: Gap): LadderItem => {
  const {pacing, beats, playback} = view.input;
  const asked = openQuestions({pacing, beats}, playback.answers).some(
    ({question: {kind, event}}) =>
      kind === 'prediction' && at(pacing.atUs, momentOf(pacing, event)) === gap.toUs,
  );
  return {kind: 'gap', fromUs: gap.fromUs, lengthUs: asked ? undefined : gap.toUs - gap.fromUs};
};

const itemOf = (view: View, entry: Entry): LadderItem => {
  switch (entry.kind) {
    case 'packet':
      return packetItem(view, entry.packet);
    case 'copy':
      return copyItem(view, entry.copy);
    case 'gap':
      return gapItem(view, entry.gap);
    case 'state': {
      const {change} = entry;
      const text = hasMet(view, 'state') ? change.state : '';
      const label = {text, fresh: change.moment === view.moment && text !== ''};
      const atUs = at(view.input.pacing.atUs, change.moment);
      return {kind: 'state', host: change.host, onRight: change.host === view.hosts[1].id, atUs, label};
    }
    case 'happening': {
      const {event} = entry.happening;
      const text = happeningText(entry.happening, view.language);
      return {kind: 'happening', host: event.host, atUs: event.atUs, text};
    }
    case 'burst': {
      const {from, to, sentUs} = entry.packets[0];
      const {shown} = endsAt(view, entry.packets[0]);
      return {
        kind: 'burst',
        from,
        to,
        sentUs,
        ...(shown ? {shown} : {}),
        toRight: leadsRight(view, entry.packets[0]),
        first: entry.packets[0].id,
        count: entry.packets.length,
        flying: entry.packets.filter((packet) => stageOf(view, packet).status === 'flying').length,
      };
    }
  }
};

/** Returns the rows; of the packets in flight, only the newest three in each direction are drawn as comets. */
const limitComets = (items: readonly LadderItem[]): LadderItem[] => {
  const flying = new Map<string, number>();
  return [...items]
    .reverse()
    .map((item) => {
      if (item.kind !== 'packet' || item.status !== 'flying') return item;
      const way = `${item.from} > ${item.to}`;
      const ahead = flying.get(way) ?? 0;
      if (item.comet) flying.set(way, ahead + 1);
      return {...item, comet: item.comet && ahead < cometsMost};
    })
    .reverse();
};

/**
 * Returns the packet to which the ladder is scrolled while nothing moves: the selected one, or else the one that the narration is about;
 * undefined while the run plays.
 */
const scrolledTo = (view: View): number | undefined => {
  const {playing, step, selection} = view.input.playback;
  const still = !playing && step === undefined;
  if (!still || isMany(view)) return undefined;
  return selection.packet === undefined ? toldPacket(view) : selectedPacket(view);
};

/** Returns the rows of the ladder with their states and timers, computed once for each view because panels need them, too. */
export const ladderItems = oncePer((view: View): LadderItems => {
  const {trace, pacing} = view.input;
  const chosen = scrolledTo(view);
  const {entries, moment} = shownEntries(view, chosen);
  const later = at(pacing.sent, view.moment) - at(pacing.sent, moment);
  const plain = limitComets(entries.map((entry) => itemOf(view, entry)));
  const ahead = later > 0 ? undefined : aheadItem(view);
  const items = withCrossings(
    ahead ? [...plain, ahead] : plain,
    partnerIn(view),
    lettersFor(view.hosts.map(({id}) => id)),
  );
  const start = entries[0]?.order ?? view.cursor + 1;
  const shown = entries.map(firstPacket).find((id) => id !== undefined);
  // A change of TCP state at the instant of the first packet is shown in the packet's row, so it is not counted as a state before the rows.
  const startEvent = trace.length > 0 ? (instantOf(trace, Math.ceil(start))[0]?.n ?? start) : start;
  return {
    items,
    earlier: Math.max(0, (shown ?? at(pacing.sent, moment) + 1) - 1),
    later,
    scrolledTo: chosen,
    ...(isSeveral(view) ? {conversation: connectionAtHand(view)} : {}),
    states: [
      stateAbove(view, view.hosts[0].id, {n: startEvent, packet: shown}),
      stateAbove(view, view.hosts[1].id, {n: startEvent, packet: shown}),
    ],
    timers: timersOf(view, plain),
    whole: {
      packets: trace.packetCount + (isMany(view) ? 0 : copiesIn(trace).length),
      others:
        pacing.gaps.length +
        (isMany(view) ? happeningsIn(trace).length : quietCount(pacing) + crossingsIn(trace)),
    },
  };
});
