// Collects the secrets and keys of a TLS connection that its ends have computed so far: RFC 9846 §7.1 and §7.3, for TLS 1.2 RFC 5246 §6.3
// and §8.1.

import {entryAt} from '../../account/entries.ts';
import {hasLeaked} from '../../account/eyes.ts';
import {isKeyPlace, type KeyPlace, keyPlacesInOrder, placeOfLabel} from '../../account/key-places.ts';
import {noOctets, sameBytes} from '../../wire/octets.ts';
import {extensionValue} from '../../wire/tls/extension-list.ts';
import {tls13} from '../../wire/tls/handshake.ts';
import {messageName} from '../../wire/tls/message-name.ts';
import {ProtocolVersion} from '../../wire/tls/registry.ts';
import {lastSeen} from '../seen.ts';
import type {View} from '../view.ts';
import {
  type Chosen,
  chosenIn,
  type Role,
  type TlsConnectionSeen,
  type TlsEventSeen,
  tlsAtHand,
} from './connections.ts';

const numbers: {readonly [place in KeyPlace]?: number} = {
  'client early': 0,
  'client handshake': 1,
  'server handshake': 2,
  'client application': 3,
  'server application': 4,
};

/**
 * Returns the number that is shown before data encrypted with a key; undefined if the key encrypts no records. Updated keys continue from
 * the number of the `application` keys. TLS 1.2 has only 1 and 2.
 */
export const keyNumber = (
  place: KeyPlace,
  update: number,
  version: number | undefined,
): number | undefined => {
  const first = numbers[place];
  if (first === undefined) return undefined;
  return version === ProtocolVersion['TLS 1.2'] ? first - 2 : first + 2 * update;
};

/** A handshake message by its name in the RFCs, and the end that sent it. */
export type Message = {readonly name: string; readonly sender: Role};

/**
 * The ways in which a host came to know a secret or key. `public`: the value is all zeros, so that anybody knows it. `used`: the value was
 * cut from an older block of octets (RFC 5246 §6.3).
 */
export type Learnt = 'agreed' | 'chosen' | 'decrypted' | 'derived' | 'leaked' | 'public' | 'ticket' | 'used';

export type Knower = {
  readonly host: string;
  readonly atUs: number;
  /** The number of the event at which the host came to know the key. */
  readonly n: number;
  readonly how: Learnt;
};

export type KeyRow = {
  readonly place: KeyPlace;
  /** The number of KeyUpdates that have replaced the key before (RFC 9846 §7.2). */
  readonly update: number;
  /** The number that is shown before data encrypted with the key; undefined if the key encrypts no records. */
  readonly number: number | undefined;
  /** The secret; undefined for keys of TLS 1.2, which are cut from the master secret's output. */
  readonly value: Uint8Array | undefined;
  readonly key: Uint8Array | undefined;
  readonly iv: Uint8Array | undefined;
  /** The handshake message after which the key could be computed. */
  readonly made: Message | undefined;
  /** The ends, and the thief who decrypts recorded TLS, in the order in which they came to know the key. */
  readonly knownBy: readonly Knower[];
  /** The number of the event that mentions the key first. */
  readonly toldBy: number;
  /** The end whose event mentions the key first. */
  readonly maker: string;
  /** True if the other end has computed another value, because it received different messages. */
  readonly differs: boolean;
  /** `new` if a first host came to know the key at the present instant, `known` if only the other one did; otherwise undefined. */
  readonly changed: 'new' | 'known' | undefined;
};

/** The secrets and keys of a TLS connection; `empty` tells why an observer who is not both ends has none. */
export type KeyScene = {
  readonly chosen: Chosen | undefined;
  readonly rows: readonly KeyRow[];
  readonly empty?: 'noSecret' | 'idleKey' | 'noKeyYet' | 'noOwnKey';
};

/** The name of the observer who has recorded the connection and obtains the server's private key; he is no host of the run. */
export const thief = 'thief';

type Growing = {
  readonly update: number;
  /** The octets that identify the row: the secret, or in TLS 1.2 the key. */
  readonly octets: Uint8Array;
  readonly maker: string;
  readonly toldBy: number;
  value: Uint8Array | undefined;
  key: Uint8Array | undefined;
  iv: Uint8Array | undefined;
  made: Message | undefined;
  readonly knownBy: Knower[];
};

type Given = {readonly value: Uint8Array | undefined; readonly key?: Uint8Array};

const offersPsk = (message: Uint8Array): boolean => {
  const read = tls13.decode(message);
  return (
    read.ok &&
    read.value.type === 'client_hello' &&
    extensionValue(read.value.body.extensions, 'pre_shared_key') !== undefined
  );
};

class Schedule {
  /** The rows by place in the key schedule: the first key, and those that have replaced it. */
  readonly #rows = new Map<KeyPlace, Growing[]>();
  readonly #roles: ReadonlyMap<string, Role>;
  readonly #last = new Map<string, Message>();
  readonly #chosen: Chosen | undefined;
  readonly #version: number | undefined;
  /**
   * The ClientHello that offers a PSK. Its binder uses the early secret (RFC 9846 §4.3.11.2), though events mention that only at the
   * ServerHello.
   */
  #offer: TlsEventSeen | undefined;

  constructor(roles: ReadonlyMap<string, Role>, chosen: Chosen | undefined) {
    this.#roles = roles;
    this.#chosen = chosen;
    this.#version = chosen?.version;
  }

  take(event: TlsEventSeen): void {
    const {what, host} = event;
    const role = this.#roles.get(host) ?? 'client';
    const peer = role === 'client' ? 'server' : 'client';
    if (what.kind === 'message') {
      this.#last.set(host, {name: messageName(what.bytes), sender: what.op === 'sent' ? role : peer});
      if (what.op === 'sent' && offersPsk(what.bytes)) this.#offer ??= event;
    } else if (what.kind === 'schedule' && isKeyPlace(what.step))
      this.#learn(event, what.step, {value: what.value});
    else if (what.kind === 'secret') {
      const place = placeOfLabel(what.label);
      if (place) this.#learn(event, place, {value: what.secret});
    } else if (what.kind === 'keys' && what.epoch !== 'clear') {
      const place = `${what.op === 'write' ? role : peer} ${what.epoch}`;
      if (!isKeyPlace(place)) return;
      const value = this.#version === ProtocolVersion['TLS 1.2'] ? undefined : what.secret;
      const row = this.#learn(event, place, {value, key: what.key});
      row.key = what.key;
      row.iv = what.iv;
    } else if (what.kind === 'recovered') this.#leak(event);
  }

  #how(host: string, place: KeyPlace): Learnt {
    if (place === 'psk') return 'ticket';
    if (place === 'early secret' && !this.#rows.has('psk')) return 'public';
    if (place === 'shared secret') return 'agreed';
    if (place === 'master secret' && !this.#rows.has('premaster secret')) return 'ticket';
    if (this.#version === ProtocolVersion['TLS 1.2'] && place.endsWith('application')) return 'used';
    if (place !== 'premaster secret') return 'derived';
    if (this.#chosen?.group !== undefined) return 'agreed';
    return this.#roles.get(host) === 'client' ? 'chosen' : 'decrypted';
  }

  #learn({host, atUs, n}: TlsEventSeen, place: KeyPlace, {value, key}: Given): Growing {
    const rows = this.#rows.get(place) ?? [];
    const octets = value ?? key ?? noOctets;
    const before = rows.find((row) => sameBytes(row.octets, octets));
    // A host's second value for a TLS key place is the value of the other end, except for application data: only their keys are replaced,
    // by KeyUpdate (RFC 9846 §7.2).
    const own = rows.filter(({knownBy}) => knownBy.some((each) => each.host === host));
    const update = place.endsWith('application') ? own.length : 0;
    const offer = this.#offerOf(place);
    const made: Message | undefined = offer ? {name: 'ClientHello', sender: 'client'} : this.#last.get(host);
    const knownBy: Knower[] = offer
      ? [{host: offer.host, atUs: offer.atUs, n: offer.n, how: this.#how(offer.host, place)}]
      : [];
    const row = before ?? {
      ...{update, octets, maker: host, toldBy: n},
      value,
      key,
      iv: undefined,
      made,
      knownBy,
    };
    if (!before) this.#rows.set(place, [...rows, row]);
    if (!row.knownBy.some((each) => each.host === host))
      row.knownBy.push({host, atUs, n, how: this.#how(host, place)});
    return row;
  }

  /**
   * Returns the event of the ClientHello at which a TLS client already had a PSK, or the early secret made from it; undefined for other
   * keys. Without a PSK the early secret is made of zeros, and no binder used it.
   */
  #offerOf(place: KeyPlace): TlsEventSeen | undefined {
    const isPsks = place === 'psk' || (place === 'early secret' && this.#rows.has('psk'));
    return isPsks ? this.#offer : undefined;
  }

  /**
   * Records that the thief, who recorded the TLS connection, obtains the server's private key: it decrypts the premaster secret, from which
   * all other values follow (RFC 5246 §F.1.1.2).
   */
  #leak({atUs, n}: TlsEventSeen): void {
    for (const [place, rows] of this.#rows)
      for (const {knownBy} of rows)
        knownBy.push({host: thief, atUs, n, how: place === 'premaster secret' ? 'leaked' : 'derived'});
  }

  rows(nowUs: number): readonly KeyRow[] {
    // A record key of TLS 1.2 counts as made by the message that made the master secret, because it could be computed from then on, though
    // it is used later.
    const master = this.#rows.get('master secret')?.[0]?.made;
    return keyPlacesInOrder.flatMap((place) =>
      (this.#rows.get(place) ?? []).map((row, _, all) => {
        const number = keyNumber(place, row.update, this.#version);
        const differs = all.some((each) => each !== row && each.update === row.update);
        const changes = row.knownBy.map(({atUs}) => atUs === nowUs);
        const changed = changes[0] ? 'new' : changes.includes(true) ? 'known' : undefined;
        const made = row.value ? row.made : master;
        return {...row, place, number, made, changed, differs};
      }),
    );
  }
}

export const keysOf = (connection: TlsConnectionSeen, nowUs: number): KeyScene => {
  const chosen = chosenIn(connection);
  const schedule = new Schedule(connection.roles, chosen);
  for (const event of connection.events) schedule.take(event);
  return {chosen, rows: schedule.rows(nowUs)};
};

/** Returns the row of a TLS key with the thief of the private key as the only one who knows it; empty if the thief does not know it. */
const stolen = (row: KeyRow): readonly KeyRow[] => {
  const knownBy = row.knownBy.filter(({host}) => host === thief);
  return knownBy.length > 0 ? [{...row, knownBy}] : [];
};

const whyNone = (view: View): NonNullable<KeyScene['empty']> =>
  view.input.playback.eyes === 'eavesdropper'
    ? 'noSecret'
    : hasLeaked(view.input.trace, lastSeen(view))
      ? 'idleKey'
      : 'noKeyYet';

/** Returns the TLS secrets and keys that the chosen observer knows at this place of the run; undefined before any TLS message. */
export const keyScene = (view: View): KeyScene | undefined => {
  const connection = tlsAtHand(view);
  const seen = lastSeen(view);
  const scene = connection && keysOf(connection, seen > 0 ? entryAt(view.input.trace, seen).atUs : 0);
  const {eyes} = view.input.playback;
  if (!scene || eyes === 'ends') return scene;
  // A TLS end that has no key yet may already have received encrypted data, so the panel gives the reason why it shows no key of this end.
  if (typeof eyes !== 'string') return {...scene, ...(scene.rows.length === 0 && {empty: 'noOwnKey'})};
  const rows = eyes === 'thief' ? scene.rows.flatMap(stolen) : [];
  return {chosen: scene.chosen, rows, empty: whyNone(view)};
};
