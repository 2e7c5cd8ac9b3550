// Describes a run as documents draw and list it: messages between hosts, state changes and idle time, in the order of events.

import {entriesOf, entryAt, instantsFrom} from '../../account/entries.ts';
import {type Copy, copiesIn, type Fate, fateOf} from '../../account/fates.ts';
import {connectionSign, isDnsAlone, packetOf, segmentOf} from '../../account/packet.ts';
import type {BoundBeat} from '../../lesson/bound-beat.ts';
import type {Language} from '../../lesson/text.ts';
import type {EventOf, PacketRecord, Trace, TraceEvent} from '../../sim/trace.ts';
import {unicodeGlyphs} from '../../view/glyphs.ts';
import {shareOf, untimedEnd} from '../../view/ladder/course.ts';
import {happeningsIn, happeningText} from '../../view/ladder/happenings.ts';
import {labelOf, labelText} from '../../view/ladder/label.ts';
import {foldBursts} from '../../view/ladder/ladder-entries.ts';
import type {SceneHost} from '../../view/ladder/scene-hosts.ts';
import {windowsTold} from '../../view/ladder/window-told.ts';
import type {Pacing} from '../../view/time/pace.ts';
import {moreText} from '../../words/catalogue/sequence.ts';
import {lostLabel, lostText} from '../../words/fates.ts';
import {terminal} from '../../words/written.ts';
import {type SequenceHosts, sequenceHosts} from './sequence-hosts.ts';

export type Message = {
  readonly kind: 'message';
  /** The number of the event that sends the packet; `endEvent` is the one at which it arrives or is lost. */
  readonly event: number;
  readonly endEvent: number | undefined;
  readonly packet: number;
  /** The number of packets that this one line stands for: 1, or the length of a burst. */
  readonly count: number;
  /** True if the network duplicated a packet and this is the copy, which no host sent. */
  readonly copy: boolean;
  /** The columns of the sending and the receiving host. */
  readonly from: number;
  readonly to: number;
  readonly sentUs: number;
  readonly endUs: number;
  /** The share of the way that the packet covered before it was lost, from 0 to 1; 1 if it arrived. */
  readonly share: number;
  readonly fate: 'arrived' | 'lost' | 'unknown' | 'under way';
  /** The reason for which a message was lost, in a few words and in full; undefined if it was not lost. */
  readonly lost: {readonly short: string; readonly whole: string} | undefined;
  readonly label: string;
  readonly again: boolean;
  readonly altered: boolean;
  /** True if the time at which the packet's way ended is an estimate; `departureEstimated`: the time at which it was sent is one. */
  readonly estimated: boolean;
  readonly departureEstimated: boolean;
  /** The end of the packet's way whose time a capture does not show at all. */
  readonly untimed: 'departure' | 'arrival' | undefined;
};

export type StateEntry = {
  readonly kind: 'state';
  readonly event: number;
  readonly atUs: number;
  readonly estimated: boolean;
  readonly host: number;
  /** The name of the TCP state that the host enters, with a mark if it is deduced. */
  readonly state: string;
  /** The number of the packet that caused the state change or was sent with it; undefined if a call or a timer caused it. */
  readonly packet: number | undefined;
};

export type SequenceEntry =
  | Message
  | StateEntry
  | {readonly kind: 'gap'; readonly event: number; readonly fromUs: number; readonly toUs: number}
  | {
      readonly kind: 'happening';
      readonly event: number;
      readonly atUs: number;
      readonly host: number;
      readonly text: string;
    };

export type Sequence = {
  readonly language: Language;
  readonly hosts: readonly SceneHost[];
  readonly entries: readonly SequenceEntry[];
  /** The number of packets at the end that are not drawn because there are too many. */
  readonly omitted: number;
  /** True if TCP's sequence numbers are shown relative to each end's initial sequence number. */
  readonly relative: boolean;
};

export type SequenceInput = {
  readonly trace: Trace;
  readonly pacing: Pacing;
  readonly language: Language;
  readonly relative: boolean;
  /** The lesson's beats, which decide which packets' windows are mentioned. @default nothing */
  readonly beats?: readonly BoundBeat[];
  /** The number of packets that were left out after the end of this trace. @default 0 */
  readonly omitted?: number;
  /** The number of packets in a run from which on a burst of packets is drawn as one line. @default bursts are never joined */
  readonly foldsFrom?: number;
};

type Drawn = Pick<SequenceInput, 'trace' | 'language' | 'relative' | 'beats'> & {
  readonly places: SequenceHosts;
};

/**
 * Returns whether a packet arrived, was lost, has an unknown fate or is under way. A multicast or broadcast packet is never called unknown,
 * because nobody expects to learn whether it arrived.
 */
const endOf = ({forMany}: PacketRecord, fate: Fate | undefined): Message['fate'] => {
  if (fate?.what === 'delivered') return 'arrived';
  return fate?.what === 'lost' ? 'lost' : fate && !forMany ? 'unknown' : 'under way';
};

const messageOf = ({trace, language, relative, beats = [], places}: Drawn, packet: PacketRecord): Message => {
  const fate = fateOf(trace, packet);
  const [from, to] = places.endsOf(packet);
  const windows = windowsTold(beats, trace);
  const words = labelText(labelOf(trace, packet, {relative, questions: [], windows, language}));
  return {
    kind: 'message',
    event: packet.sendEvent,
    endEvent: packet.endEvent,
    packet: packet.id,
    count: 1,
    copy: false,
    from,
    to,
    sentUs: packet.sentUs,
    endUs: fate?.event === undefined ? packet.dueUs : fate.atUs,
    share: fate?.what === 'lost' ? shareOf(packet.sentUs, packet.dueUs, fate.atUs) : 1,
    fate: endOf(packet, fate),
    lost:
      fate?.what === 'lost' ? {short: lostLabel(fate)[language], whole: lostText(fate)[language]} : undefined,
    label: terminal.text(words || `${packet.originalLength} B`),
    again: packet.retransmission,
    altered: fate?.altered !== undefined,
    estimated: fate?.estimated ?? false,
    departureEstimated: entryAt(trace, packet.sendEvent).estimated ?? false,
    untimed: untimedEnd(trace, packet),
  };
};

const copyOf = (drawn: Drawn, {packet, event, atUs, fromUs}: Copy): Message => ({
  ...messageOf(drawn, packet),
  event,
  endEvent: event,
  copy: true,
  sentUs: fromUs,
  endUs: atUs,
  share: 1,
  fate: 'arrived',
  lost: undefined,
  again: false,
});

/** Returns a burst of packets as a single message whose label gives their number. */
const burstOf = (drawn: Drawn, [first, ...more]: readonly [PacketRecord, ...PacketRecord[]]): Message => ({
  ...messageOf(drawn, first),
  count: 1 + more.length,
  label: moreText[drawn.language]({count: 1 + more.length}),
});

const messagesOf = (drawn: Drawn, packets: readonly PacketRecord[], folds: boolean): readonly Message[] => {
  if (!folds) return packets.map((packet) => messageOf(drawn, packet));
  return foldBursts(packets).flatMap((entry) => {
    if (entry.kind === 'burst') return [burstOf(drawn, entry.packets)];
    return entry.kind === 'packet' ? [messageOf(drawn, entry.packet)] : [];
  });
};

/**
 * Returns the number of the packet behind a host's state changes at an instant: the packet whose arrival began the instant, or else the
 * first one that the host sent in it; undefined if there is none.
 */
const packetBehind = (instant: readonly TraceEvent[], host: string): number | undefined => {
  const [first] = instant;
  if ((first?.kind === 'arrive' || first?.kind === 'drop') && first.packet > 0) return first.packet;
  const sent = instant.find((event) => event.kind === 'send' && event.host === host && event.packet > 0);
  return sent?.kind === 'send' ? sent.packet : undefined;
};

/** Returns the names of the hosts that enter any TCP state other than LISTEN. */
const connectedHosts = (trace: Trace): ReadonlySet<string> => {
  const connected = new Set<string>();
  for (const event of entriesOf(trace, 'state')) if (event.to !== 'LISTEN') connected.add(event.host);
  return connected;
};

const stateIn = ({header}: Trace, {n, atUs, to, deduced, estimated, connection}: EventOf<'state'>) => {
  const sign = connectionSign(header, connection);
  const state = `${sign === undefined ? '' : `${sign} `}${deduced ? unicodeGlyphs.deduced : ''}${to}`;
  return {kind: 'state', event: n, atUs, estimated: estimated ?? false, state} as const;
};

const instantStates = (
  trace: Trace,
  instant: readonly TraceEvent[],
  places: SequenceHosts,
): readonly StateEntry[] => {
  const entries: StateEntry[] = [];
  for (const event of instant) {
    const host = event.kind === 'state' ? places.columnOf(event.host) : undefined;
    if (event.kind !== 'state' || host === undefined) continue;
    const state = stateIn(trace, event);
    const twice = entries.some((entry) => entry.host === host && entry.state === state.state);
    const packet = packetBehind(instant, event.host);
    if (!twice) entries.push({...state, host, packet});
  }
  return entries;
};

function* statesOf(trace: Trace, places: SequenceHosts): Generator<StateEntry, void> {
  const connected = connectedHosts(trace);
  const listening = new Set<string>();
  const isTold = (event: TraceEvent): boolean => {
    if (event.kind !== 'state') return true;
    const {atUs, host, to} = event;
    // Two ports on which a host begins to listen at the same instant give only one entry.
    const again = to === 'LISTEN' && listening.has(`${host} ${atUs}`);
    if (to === 'LISTEN') listening.add(`${host} ${atUs}`);
    return connected.has(host) && !again;
  };
  for (const instant of instantsFrom(trace)) yield* instantStates(trace, instant.filter(isTold), places);
}

export const sequenceOf = (input: SequenceInput): Sequence => {
  const {
    trace,
    pacing,
    language,
    relative,
    beats = [],
    omitted = 0,
    foldsFrom = Number.POSITIVE_INFINITY,
  } = input;
  const count = trace.packetCount;
  const places = sequenceHosts(trace, language);
  const drawn: Drawn = {trace, language, relative, beats, places};
  const packets = Array.from({length: count}, (_, index) => packetOf(trace, index + 1));
  const entries: SequenceEntry[] = [...messagesOf(drawn, packets, count > foldsFrom)];
  for (const copy of copiesIn(trace)) entries.push(copyOf(drawn, copy));
  // A run of DNS alone leaves the states out: the name servers also listen over TCP, which is not worth showing.
  if (!isDnsAlone(trace)) entries.push(...statesOf(trace, places));
  for (const {fromUs, toUs, moment} of pacing.gaps) {
    const event = pacing.event.at(moment) ?? 0;
    // The gap follows all events of the instant at which it begins.
    if (event > 0 && event < trace.length) entries.push({kind: 'gap', event: event + 0.5, fromUs, toUs});
  }
  for (const happening of happeningsIn(trace)) {
    const {n, atUs, host} = happening.event;
    const place = places.columnOf(host);
    const [text] = happeningText(happening, language);
    if (place !== undefined) entries.push({kind: 'happening', event: n, atUs, host: place, text});
  }
  return {
    language,
    hosts: places.hosts,
    entries: entries.toSorted((a, b) => a.event - b.event),
    omitted,
    relative: relative && packets.some((packet) => segmentOf(packet) !== undefined),
  };
};
