// Sends a frame over a link: rate, queue, delay, random loss, and the faults of the run.
import type {ConnectionId} from '../stack/tcp/effect.ts';
import {fieldEdit, flipBit} from '../wire/field-edit.ts';
import {encodeFrame, type Frame, frameLength, linkTypeEthernet} from '../wire/frame.ts';
import {sameBytes} from '../wire/octets.ts';
import {ropeToBytes} from '../wire/rope.ts';
import {segLen, type TcpSegment} from '../wire/tcp.ts';
import type {LinkSpec} from './action.ts';
import type {Why} from './because.ts';
import {happens, hashOf} from './chance.ts';
import {arrivalOf, changeLane, type Draft, emit, laneOf, lastEmitted, schedule} from './draft.ts';
import type {DropReason} from './drop-reason.ts';
import {type ActiveFault, faultsOn} from './fault-match.ts';
import {keepForReplay} from './old-duplicate.ts';
import {tallyAdd, tallyOf} from './tally.ts';
import {isTampering, rewritten} from './tap.ts';
import {peerOn} from './topology.ts';
import type {Flight} from './world.ts';

/**
 * The bytes that Ethernet adds to each frame on the wire (IEEE 802.3 §4.2.3.2): preamble and start delimiter (8), check sequence (4),
 * inter-frame gap (12).
 */
const ethernetOverheadBytes = 24;
/** How long the fault `reorder` holds a packet back if too few packets overtake it, as a multiple of the link's delay. */
const reorderPatience = 3;

export type Outgoing = {
  readonly host: string;
  readonly link: LinkNow;
  readonly frame: Frame;
  readonly packet: number;
  readonly hop: number;
  readonly retransmission: boolean;
  readonly connection?: ConnectionId;
  readonly because: Why;
  readonly inPlaceOf?: TcpSegment;
  /** True if no host has the destination address: the frame gets to the far end and nobody takes it. */
  readonly forNobody?: true;
};

export type LinkNow = LinkSpec & {readonly up: boolean};

/** Returns a link as it is now, with the changes of `setLink`; undefined if there is no link of that name. */
export const linkNow = (draft: Draft, name: string): LinkNow | undefined => {
  const link = draft.plan.topology.links.get(name);
  return link && {up: true, ...link, ...draft.world.links[name]};
};

/** Returns a hash of a frame's content, by which chance decides whether it is lost; equal frames are told apart by a count. */
const identityOf = (frame: Frame): number => {
  if (frame.payload.kind !== 'ip') return hashOf(frame.payload.kind, frame.src, frame.dst);
  const {src, dst, transport, id} = frame.payload.packet;
  if (transport.kind === 'udp') {
    const {srcPort, dstPort, payload} = transport.datagram;
    return hashOf(src, srcPort, dst, dstPort, ...ropeToBytes(payload));
  }
  if (transport.kind !== 'tcp') return hashOf(src, dst, transport.kind, id);
  const {srcPort, dstPort, seq, ack, flags} = transport.segment;
  return hashOf(src, srcPort, dst, dstPort, seq, segLen(transport.segment), ack, flags);
};

const isLostByChance = (draft: Draft, lane: string, {link, frame}: Outgoing): boolean => {
  if (link.loss === 0) return false;
  const identity = identityOf(frame);
  const {sent} = laneOf(draft, lane);
  changeLane(draft, lane, {sent: tallyAdd(sent, identity)});
  return happens(link.loss, draft.plan.scenario.seed, lane, identity, tallyOf(sent, identity));
};

/** Returns the time in µs at which a frame's last bit has left for the link; undefined if the queue before the link is full. */
const takeTurn = (draft: Draft, lane: string, {link, frame}: Outgoing): number | undefined => {
  if (link.rateBps === undefined) return draft.nowUs;
  const startUs = Math.max(draft.nowUs, laneOf(draft, lane).freeUs);
  const waitingBytes = ((startUs - draft.nowUs) * link.rateBps) / 8e6;
  if (link.queueBytes !== undefined && waitingBytes + frameLength(frame) > link.queueBytes) return undefined;
  const bits = (frameLength(frame) + ethernetOverheadBytes) * 8;
  const freeUs = startUs + Math.ceil((bits * 1e6) / link.rateBps);
  changeLane(draft, lane, {freeUs});
  return freeUs;
};

const isUnreadable = ({fault}: ActiveFault): boolean => fault.kind === 'corrupt' && fault.where === 'link';

/**
 * Returns the frame's octets after the faults. It returns undefined if they are unchanged, because they lack the edited field or it
 * already has that value.
 */
const damage = (
  before: Uint8Array,
  faults: readonly ActiveFault[],
): Exclude<Flight['altered'], 'unreadable'> => {
  let bytes = before;
  for (const {fault} of faults) {
    if (fault.kind !== 'corrupt' && fault.kind !== 'edit') continue;
    const after =
      fault.kind === 'edit'
        ? fieldEdit(bytes, linkTypeEthernet, fault.field, fault.value, {fixChecksums: fault.mend})
        : flipBit(bytes, (bytes.length - 1) * 8);
    bytes = after.ok ? after.value : bytes;
  }
  return sameBytes(before, bytes) ? undefined : bytes;
};

const alteredBy = (draft: Draft, {host, hop, frame}: Outgoing, faults: readonly ActiveFault[]) => {
  const rewrittenBytes = rewritten(draft, host, {hop, frame});
  if (rewrittenBytes) return rewrittenBytes;
  if (faults.some(isUnreadable)) return 'unreadable';
  const writes = faults.some(({fault}) => fault.kind === 'corrupt' || fault.kind === 'edit');
  return writes ? damage(encodeFrame(frame), faults) : undefined;
};

/** Returns the texts of the faults `edit` that change nothing in a frame; the log does not list them among the faults that acted. */
const vainEdits = (frame: Frame, faults: readonly ActiveFault[], altered: Flight['altered']) =>
  faults
    .filter(({fault}) => fault.kind === 'edit')
    .filter((each) => altered === undefined || damage(encodeFrame(frame), [each]) === undefined)
    .map(({text}) => text);

/** Counts a packet on a link for those that `reorder` holds back, and delivers those that enough packets have overtaken. */
const passHeld = (draft: Draft, lane: string, passing: {packet: number; dueUs: number}): void => {
  const {held} = laneOf(draft, lane);
  if (held.length === 0) return;
  const counted = held.map(({places, flight}) =>
    flight.packet === passing.packet ? {places, flight} : {places: places - 1, flight},
  );
  for (const {places, flight} of counted) if (places === 0) schedule(draft, passing.dueUs, arrivalOf(flight));
  changeLane(draft, lane, {held: counted.filter(({places}) => places > 0)});
};

const land = (
  draft: Draft,
  lane: string,
  flight: Flight,
  way: {dueUs: number; faults: readonly ActiveFault[]},
): void => {
  const {dueUs, faults} = way;
  const places = faults.reduce((sum, {fault}) => (fault.kind === 'reorder' ? sum + fault.places : sum), 0);
  if (places === 0) schedule(draft, dueUs, arrivalOf(flight));
  else {
    changeLane(draft, lane, {held: [...laneOf(draft, lane).held, {places, flight}]});
    schedule(draft, dueUs, {kind: 'release', lane, flight});
  }
  for (const {fault} of faults)
    if (fault.kind === 'dup') schedule(draft, dueUs + fault.afterUs, arrivalOf(flight));
};

const fateOf = (draft: Draft, lane: string, outgoing: Outgoing, faults: readonly ActiveFault[]) => {
  const outUs = takeTurn(draft, lane, outgoing);
  const chance = isLostByChance(draft, lane, outgoing);
  const {delayUs} = outgoing.link;
  const usualUs = (outUs ?? draft.nowUs) + delayUs;
  let extraUs = 0;
  let reason: DropReason | undefined = outgoing.link.up ? undefined : 'link down';
  if (outUs === undefined) reason ??= 'queue';
  if (chance) reason ??= 'loss';
  for (const {fault} of faults) {
    if (fault.kind === 'drop') reason ??= 'fault';
    if (fault.kind === 'delay') extraUs = Math.max(extraUs + fault.byUs, (fault.untilUs ?? 0) - usualUs);
    if (fault.kind === 'reorder') extraUs = Math.max(extraUs, reorderPatience * delayUs);
  }
  if (outgoing.forNobody) reason ??= 'no such host';
  return {reason, outUs: outUs ?? draft.nowUs, dueUs: usualUs + extraUs};
};

/**
 * Returns the time at which a lost frame is logged as lost: half-way over the link; at its arrival if no host has the address; at once if
 * the link is down or its queue full.
 */
const diesAt = (
  draft: Draft,
  {delayUs}: LinkSpec,
  {reason, outUs, dueUs}: ReturnType<typeof fateOf>,
): number => {
  if (reason === 'queue' || reason === 'link down') return draft.nowUs;
  return reason === 'no such host' ? dueUs : outUs + Math.floor(delayUs / 2);
};

/** Logs that a frame is sent over a link, and schedules its arrival or its loss. */
export const transmit = (
  draft: Draft,
  outgoing: Outgoing,
  ends: {from: string | undefined; to: string | undefined},
): void => {
  const {host, link, frame, packet, hop, retransmission, connection, inPlaceOf} = outgoing;
  const lane = `${link.name}<${host}`;
  const to = peerOn(link, host);
  const faults = faultsOn(draft, {host, packet, hop, link: link.name, ...ends, frame, retransmission});
  const fate = fateOf(draft, lane, outgoing, faults);
  const {reason, dueUs} = fate;
  const altered = alteredBy(draft, outgoing, faults);
  const vain = vainEdits(frame, faults, altered);
  const because = isTampering(draft, host, {hop, altered}) ? '3552:3.3.4/modifies' : outgoing.because;
  emit(draft, {
    kind: 'send',
    host,
    packet,
    hop,
    to,
    dueUs,
    lost: reason !== undefined,
    retransmission,
    frame,
    faults: faults.map(({text}) => text).filter((text) => !vain.includes(text)),
    ...(vain.length > 0 ? {vain} : {}),
    ...(connection === undefined ? {} : {connection}),
    ...(inPlaceOf ? {inPlaceOf} : {}),
    because,
  });
  const sent = lastEmitted(draft);
  const whole: Flight = {link: link.name, from: host, to, packet, hop, sent, frame};
  keepForReplay(draft, whole, retransmission);
  if (reason !== undefined) {
    schedule(draft, diesAt(draft, link, fate), {kind: 'loss', host, packet, hop, reason, cause: sent});
    return;
  }
  const flight: Flight = {...whole, ...(altered ? {altered} : {})};
  land(draft, lane, flight, {dueUs, faults});
  passHeld(draft, lane, {packet, dueUs});
};
