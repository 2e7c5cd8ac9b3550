// The way between two ends: takes half of the round trip in each direction, and does to chosen octets of the stream what its
// lists say. Whose stack is at an end it does not know.
import type {RelayReport, Way} from './transfer.ts';

const FLAGS_AT = 13;
const SYN = 2;

type Seen = {
  readonly seq: number;
  readonly ack: number;
  readonly length: number;
  readonly syn: boolean;
};

/** The fields of TCP in an IPv4 packet; undefined: something else. */
const seenIn = (packet: Uint8Array): Seen | undefined => {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  if (view.getUint8(0) >> 4 !== 4 || view.getUint8(9) !== 6) return undefined;
  const tcp = (view.getUint8(0) & 15) * 4;
  return {
    seq: view.getUint32(tcp + 4),
    ack: view.getUint32(tcp + 8),
    length: view.getUint16(2) - tcp - (view.getUint8(tcp + 12) >> 4) * 4,
    syn: (view.getUint8(tcp + FLAGS_AT) & SYN) > 0,
  };
};

export type Relay = {
  readonly fromSender: (packet: Uint8Array) => void;
  readonly fromReceiver: (packet: Uint8Array) => void;
  /** What each end gets is set when the ends are there. */
  readonly ends: {toSender: (packet: Uint8Array) => void; toReceiver: (packet: Uint8Array) => void};
};

export type RelayEvents = {
  readonly begins: () => void;
  readonly ends: (report: RelayReport) => void;
};

/** The stream has `bytes` octets. */
export const relayOf = (way: Way, bytes: number, events: RelayEvents): Relay => {
  const ends: Relay['ends'] = {toSender: () => undefined, toReceiver: () => undefined};
  const copiesLeft = new Map(way.lost.map(({at, copies}) => [at, copies]));
  const lateLeft = new Map(way.late.map(({at, ms}) => [at, ms]));
  const counts = {packets: 0, lost: 0, late: 0};
  let first: number | undefined;
  let begunAtMs: number | undefined;
  let over = false;

  const lost = (from: number, to: number): boolean => {
    let hit = false;
    for (const [at, copies] of copiesLeft) {
      if (copies === 0 || at < from || at >= to) continue;
      copiesLeft.set(at, copies - 1);
      hit = true;
    }
    return hit;
  };
  const lateByMs = (from: number, to: number): number => {
    let most = 0;
    for (const [at, ms] of lateLeft) {
      if (at < from || at >= to) continue;
      lateLeft.delete(at);
      most = Math.max(most, ms);
    }
    return most;
  };
  const fromSender = (packet: Uint8Array): void => {
    const seen = seenIn(packet);
    if (!seen) return;
    if (seen.syn) first = (seen.seq + 1) >>> 0;
    let delayMs = way.rttMs / 2;
    if (first !== undefined && seen.length > 0) {
      if (begunAtMs === undefined) {
        begunAtMs = performance.now();
        events.begins();
      }
      counts.packets += 1;
      const from = (seen.seq - first) >>> 0;
      const moreMs = lateByMs(from, from + seen.length);
      if (lost(from, from + seen.length)) {
        counts.lost += 1;
        return;
      }
      if (moreMs > 0) counts.late += 1;
      delayMs += moreMs;
    }
    setTimeout(() => ends.toReceiver(packet), delayMs);
  };
  const reachesSender = (packet: Uint8Array): void => {
    ends.toSender(packet);
    const seen = seenIn(packet);
    if (over || !seen || first === undefined || begunAtMs === undefined) return;
    if ((seen.ack - first) >>> 0 < bytes) return;
    over = true;
    events.ends({ms: performance.now() - begunAtMs, ...counts});
  };
  const fromReceiver = (packet: Uint8Array): void => {
    if (seenIn(packet)) setTimeout(reachesSender, way.rttMs / 2, packet);
  };
  return {fromSender, fromReceiver, ends};
};
