// Finds connections whose packets were captured on both sides of a device: a router lowers the TTL, a NAT changes an address or a port,
// other devices shift the sequence numbers. Only the first packets of each connection are compared. The memory that is used is bounded.
import {type Seq, seqDiff} from '../wire/seq.ts';
import {other, type Side} from './connections.ts';
import type {ObservedConnection} from './observed-connection.ts';
import type {SeenSegment} from './seen-segment.ts';

/** The device between the two points of a capture, by what it changes. */
export type Device = 'router' | 'nat' | 'numbers';

/** Two captures of the same packets: `aside` is the second one, which equals `connection` if both are in one connection. */
export type Crossing = {
  readonly device: Device;
  readonly connection: ObservedConnection;
  readonly aside: ObservedConnection;
  packets: number;
  /** The sides whose packets were captured twice, one bit each. */
  sides: number;
  readonly frames: number[];
};

/** A packet as it is compared: its connection and side, and what no device changes (`sign`). */
export type Crossed = {
  readonly connection: ObservedConnection;
  readonly side: Side;
  readonly sign: number;
  /** True if the sign contains an identification or data, so that different packets hardly have the same. */
  readonly isSure: boolean;
  readonly segment: Pick<SeenSegment, 'frame' | 'atUs' | 'seq' | 'ack' | 'hops'>;
};

/**
 * How many packets of each connection are compared, at first and if one of them was captured twice, with how many others, and how far apart
 * in µs the two captures of one may be.
 */
const firstCompared = 4;
const mostCompared = 16;
const remembered = 256;
const mostApartUs = 500_000;
/** The most routers between the two points of a capture. */
const mostHops = 8;
/** Sequence numbers that differ by more than this are not those of one window. */
const farApart = 1 << 26;
const mostFrames = 8;
/** The number of packets that show a device; a single one may be a coincidence. */
const enough = 2;
const bothSides = 3;
/** The number of octets of data from which on they tell packets apart. */
const enoughData = 8;

const mixed = (sign: number, word: number): number => {
  const next = Math.imul(sign ^ word, 0x9e3779b1);
  return next ^ (next >>> 15);
};

/** Returns a packet as it is compared; `identification` is that of its IPv4 header, 0 if there is none. */
export const crossedOf = (
  {connection, side}: Pick<Crossed, 'connection' | 'side'>,
  segment: SeenSegment,
  identification: number,
): Crossed => {
  const {flags, window, length, data} = segment;
  let sign = mixed(mixed(identification, (window << 8) | flags), length);
  for (let at = 0; at < data.length && at < 2 * enoughData; at += 1) sign = mixed(sign, data[at] ?? 0);
  return {connection, side, sign, isSure: identification > 0 || length >= enoughData, segment};
};

const isFar = (a: Seq, b: Seq): boolean => Math.abs(seqDiff(a, b)) > farApart;

/** Tells whether two packets were sent by the same address and port to the same address and port. */
const isSameWay = (first: Crossed, second: Crossed): boolean =>
  ([0, 1] as const).every((far) => {
    const [a, b] = [first, second].map(
      ({connection, side}) => connection.ends[far === 0 ? side : other(side)],
    );
    return a?.address === b?.address && a?.port === b?.port;
  });

/** Returns the device that may have made the second packet of the first one; undefined if they are not two captures of one packet. */
const deviceBetween = (first: Crossed, second: Crossed): Device | undefined => {
  const [a, b] = [first.segment, second.segment];
  const hops = (a.hops ?? 0) - (b.hops ?? 0);
  if (hops < -mostHops || hops > mostHops) return undefined;
  const isSame = a.seq === b.seq && a.ack === b.ack;
  if (isSame && first.connection !== second.connection) return hops === 0 ? undefined : 'nat';
  if (isSame) return hops > 0 ? 'router' : undefined;
  if (!first.isSure || !isSameWay(first, second)) return undefined;
  return isFar(a.seq, b.seq) || isFar(a.ack, b.ack) ? 'numbers' : undefined;
};

const isOpened = ({course, client}: ObservedConnection): boolean => course.opening(client) === 'complete';

/** Tells whether enough packets show a device. A NAT changes the packets of both directions. */
const isCertain = ({device, packets, sides}: Crossing): boolean =>
  packets >= enough && (device !== 'nat' || sides === bothSides);

/** Returns two captures with the one first that is told: behind a device that shifts numbers, one of them may lack a direction. */
const turned = (crossing: Crossing): Crossing => {
  const {connection, aside, device} = crossing;
  const isOther = device === 'numbers' && !isOpened(connection) && isOpened(aside);
  return isOther ? {...crossing, connection: aside, aside: connection} : crossing;
};

export class Crossings {
  /** The packets that were seen last, each in the slot of its sign. */
  readonly #recent: (Crossed | undefined)[] = Array.from({length: remembered}, () => undefined);
  readonly #found = new Map<string, Crossing>();
  readonly #of = new Map<ObservedConnection, Crossing>();

  /** The devices on both sides of which packets were captured. */
  get all(): readonly Crossing[] {
    return [...this.#found.values()].filter(isCertain).map(turned);
  }

  /** Returns whether a connection was captured on both sides of a device, and whether it repeats another one; undefined if neither. */
  of(connection: ObservedConnection): 'across' | 'aside' | undefined {
    const known = this.#of.get(connection);
    if (!known || !isCertain(known)) return undefined;
    return turned(known).connection === connection ? 'across' : 'aside';
  }

  /** Tells whether the next packet of a connection is to be compared. */
  compares(connection: ObservedConnection): boolean {
    const {packets} = connection.counts;
    return packets < firstCompared || (packets < mostCompared && this.#of.has(connection));
  }

  /** Compares a packet with those before it; returns the device if the packet is another capture of one of these. */
  take(packet: Crossed): Device | undefined {
    const {sign, segment} = packet;
    const slot = (sign >>> 0) % remembered;
    const first = this.#recent[slot];
    const isAlike = first?.sign === sign && segment.atUs - first.segment.atUs <= mostApartUs;
    const device = isAlike ? deviceBetween(first, packet) : undefined;
    this.#recent[slot] = device === undefined ? packet : undefined;
    if (first && device) this.#count(device, first, packet);
    return device;
  }

  #count(device: Device, first: Crossed, {connection: second, side, segment}: Crossed): void {
    const [connection, aside] =
      first.connection.id <= second.id ? [first.connection, second] : [second, first.connection];
    const key = `${device} ${connection.id} ${aside.id}`;
    const known = this.#found.get(key) ?? {device, connection, aside, packets: 0, sides: 0, frames: []};
    this.#found.set(key, known);
    for (const each of [connection, aside]) {
      const before = this.#of.get(each);
      if (!before || !isCertain(before)) this.#of.set(each, known);
    }
    known.packets += 1;
    known.sides |= 1 << side;
    if (known.frames.length + 2 <= mostFrames) known.frames.push(first.segment.frame, segment.frame);
  }
}
