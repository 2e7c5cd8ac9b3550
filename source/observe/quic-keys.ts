// Finds the keys that decrypt the packets of a QUIC connection (RFC 9001 §5, §6): Initial keys, which anybody can derive, the other keys
// from a key log, and after key updates those that follow from them.
import {hexOf} from '../wire/octets.ts';
import type {LongHeader} from '../wire/quic/packet-header.ts';
import {
  initialKeys,
  openPayload,
  type PacketCrypto,
  type PacketKeys,
  type Protected,
  packetNumber,
  type QuicKeys,
  quicSuites,
  secretKeys,
  type Unmasked,
  unmask,
  updatedKeys,
} from '../wire/quic/packet-protection.ts';
import type {QuicVersion} from '../wire/quic/quic-version.ts';
import {type KeyLogLabel, secretsIn, trafficLabels} from '../wire/tls/key-log.ts';
import type {Side} from './connections.ts';

export type Opened = {
  readonly keys: PacketKeys;
  readonly number: number;
  /** The first octet of a QUIC packet, with its header protection removed. */
  readonly first: number;
  /** The offset of the QUIC packet's payload in the datagram. */
  readonly at: number;
  readonly payload: Uint8Array;
};

/**
 * The ClientHello's random, by which a key log names the secrets, and the cipher suite that the hellos agreed on (undefined if not known).
 */
export type Agreed = {readonly random: Uint8Array; readonly suite: number | undefined};

const keyPhaseBit = 0x04;

/**
 * Decrypts a QUIC packet with the given keys; undefined if they do not fit. `largest` is the highest packet number so far in the same
 * space.
 */
export const openWith = (
  keys: PacketKeys,
  datagram: Uint8Array,
  place: Protected,
  largest: number,
): Opened | undefined => {
  const unmasked = unmask(keys, datagram, place);
  return unmasked && openUnmasked(keys, datagram, {place, unmasked, largest});
};

const openUnmasked = (
  keys: PacketKeys,
  datagram: Uint8Array,
  {
    place,
    unmasked,
    largest,
  }: {readonly place: Protected; readonly unmasked: Unmasked; readonly largest: number},
): Opened | undefined => {
  const {first, header, numberBytes} = unmasked;
  const number = packetNumber(largest, unmasked);
  const at = place.numberAt + numberBytes;
  const payload = openPayload(keys, datagram, {at, end: place.end, number, header});
  return payload && {keys, number, first, at, payload};
};

/** The 1-RTT keys of a QUIC sender by key phase, counted from 0; later ones are derived when they are needed (§6.1). */
class Phases {
  readonly #made: PacketKeys[];
  #current = 0;

  constructor(first: PacketKeys) {
    this.#made = [first];
  }

  #keys(phase: number): PacketKeys | undefined {
    while (this.#made.length <= phase) {
      const last = this.#made.at(-1);
      if (!last) return undefined;
      this.#made.push(updatedKeys(last));
    }
    return this.#made[phase];
  }

  /**
   * Tries the keys whose phase has the packet's key phase bit: the current ones or those after the next, otherwise the next or the previous
   * ones (§6.3). A capture with a gap may lack a whole phase.
   */
  open(datagram: Uint8Array, place: Protected, largest: number): Opened | undefined {
    const [first] = this.#made;
    const unmasked = first && unmask(first, datagram, place);
    if (!unmasked) return undefined;
    const bit = (unmasked.first & keyPhaseBit) === 0 ? 0 : 1;
    const near = this.#current % 2 === bit ? [0, 2] : [1, -1];
    for (const step of near) {
      const phase = this.#current + step;
      const keys = phase < 0 ? undefined : this.#keys(phase);
      // All key phases have the same key for header protection, so it is removed only once.
      const opened = keys && openUnmasked(keys, datagram, {place, unmasked, largest});
      if (!opened) continue;
      this.#current = Math.max(this.#current, phase);
      return opened;
    }
    return undefined;
  }
}

export class ConnectionKeys {
  readonly #brought: QuicKeys;
  readonly #initial = new Map<string, ReturnType<typeof initialKeys>>();
  readonly #phases: [readonly Phases[] | undefined, readonly Phases[] | undefined] = [undefined, undefined];
  readonly #handshake: [readonly PacketKeys[] | undefined, readonly PacketKeys[] | undefined] = [
    undefined,
    undefined,
  ];
  #early: readonly PacketKeys[] | undefined;

  constructor(brought: QuicKeys) {
    this.#brought = brought;
  }

  get crypto(): PacketCrypto {
    return this.#brought.crypto;
  }

  /** Forgets the Handshake, 0-RTT and 1-RTT keys, because they were made from hellos that no longer count. */
  forget(): void {
    this.#phases.fill(undefined);
    this.#handshake.fill(undefined);
    this.#early = undefined;
  }

  /** Returns the Initial keys of both QUIC senders, which are derived from the client's destination connection ID `dcid`. */
  initial(version: QuicVersion, dcid: Uint8Array): ReturnType<typeof initialKeys> {
    const name = `${version.name} ${hexOf(dcid)}`;
    const known = this.#initial.get(name) ?? initialKeys(this.#brought.crypto, version, dcid);
    this.#initial.set(name, known);
    return known;
  }

  /** Returns the keys that may decrypt a Handshake or 0-RTT packet of QUIC; empty if the key log has no secret for it. */
  long(
    side: Side,
    {kind, version}: Pick<LongHeader, 'kind' | 'version'>,
    agreed: Agreed,
  ): readonly PacketKeys[] {
    if (kind === '0-RTT') {
      this.#early ??= this.#from('CLIENT_EARLY_TRAFFIC_SECRET', version, {...agreed, suite: undefined});
      return this.#early;
    }
    const known = this.#handshake[side];
    if (known) return known;
    const made = this.#from(trafficLabels.handshake[side], version, agreed);
    if (agreed.suite !== undefined) this.#handshake[side] = made;
    return made;
  }

  openShort(
    side: Side,
    {version, agreed}: {readonly version: QuicVersion; readonly agreed: Agreed},
    {
      datagram,
      place,
      largest,
    }: {readonly datagram: Uint8Array; readonly place: Protected; readonly largest: number},
  ): Opened | undefined {
    if (agreed.suite === undefined) return undefined;
    this.#phases[side] ??= this.#from(trafficLabels.application[side], version, agreed).map(
      (keys) => new Phases(keys),
    );
    for (const phases of this.#phases[side] ?? []) {
      const opened = phases.open(datagram, place, largest);
      if (opened) return opened;
    }
    return undefined;
  }

  /**
   * Derives QUIC keys from the secrets in the key log. If the cipher suite is not known, each suite is tried whose hash makes secrets of
   * that length.
   */
  #from(label: KeyLogLabel, version: QuicVersion, {random, suite}: Agreed): readonly PacketKeys[] {
    const suites = suite === undefined ? quicSuites : [suite];
    return secretsIn(this.#brought.log, label, random).flatMap((secret) =>
      suites.flatMap((each) => secretKeys(this.#brought.crypto, {version, suite: each}, secret) ?? []),
    );
  }
}

/** The key phase bit of a QUIC packet, with its packet number (RFC 9001 §6). */
export type Phase = {readonly number: number; readonly bit: boolean};

export const phaseChanges = (phases: readonly Phase[]): number => {
  const bits = [...phases].sort((a, b) => a.number - b.number).map(({bit}) => bit);
  return bits.filter((bit, index) => index > 0 && bit !== bits[index - 1]).length;
};
