// One direction of a TLS connection, read with knowledge of what its sender put into each record: where each message begins, and the
// application data inside (RFC 9846 §5). Without that knowledge, protected records stay opaque.

import type {EventOf, TraceEvent} from '../../sim/trace.ts';
import {hexOf, noOctets, readUint} from '../../wire/octets.ts';
import {splitHandshake} from '../../wire/tls/handshake-stream.ts';
import {messageName} from '../../wire/tls/message-name.ts';
import {recordHeaderSize, splitRecords, type TlsRecord} from '../../wire/tls/record.ts';
import {ContentType} from '../../wire/tls/registry.ts';

/**
 * A message or record that begins in a TLS stream. `name` is that of a message in the RFCs, `Alert`, `ChangeCipherSpec` or
 * `ApplicationData`; undefined if it is encrypted and its content is unknown.
 */
export type TlsPart = {
  readonly name: string | undefined;
  readonly encrypted: boolean;
  /** The place in the TCP stream at which the TLS message or record begins. */
  readonly offset: number;
};

/** Octets of application data from a TLS record, and their place in the TCP stream. */
export type TlsPlain = {readonly bytes: Uint8Array; readonly offset: number};

type Told = Extract<EventOf<'tls'>['what'], {kind: 'record'}>;

const tagBytes = 16;

/** Returns a map key for a protected record: its length and its last octets. These are the authentication tag, which is unique. */
const keyOf = (bytes: Uint8Array): string => `${bytes.length} ${hexOf(bytes.slice(-tagBytes))}`;

/** Remembers the contents of protected TLS records, which senders tell in events, and finds them again by the octets of a record. */
export class ToldRecords {
  readonly #records = new Map<string, Told>();

  learn(event: TraceEvent): void {
    if (event.kind !== 'tls' || event.what.kind !== 'record') return;
    this.#records.set(keyOf(event.what.record.subarray(recordHeaderSize)), event.what);
  }

  about({fragment}: TlsRecord): Told | undefined {
    return this.#records.get(keyOf(fragment));
  }
}

/** Tells whether a TCP stream that begins with these octets carries TLS. */
export const beginsTls = (bytes: Uint8Array): boolean => {
  const [type = 0, major] = bytes;
  return type >= ContentType.change_cipher_spec && type <= ContentType.application_data && major === 3;
};

type Content = {
  readonly type: number;
  readonly content: Uint8Array;
  readonly encrypted: boolean;
  readonly offset: number;
};

/** The number of octets of nonce that precede the protected data in TLS 1.2 (RFC 5288 §3). */
const explicitNonceBytes = 8;

export class TlsStream {
  readonly parts: TlsPart[] = [];
  readonly #told: ToldRecords;
  #held: Uint8Array = noOctets;
  /** The place in the TCP stream of the octets in `#held`, which wait for the rest of their TLS record. */
  #offset = 0;
  #message: {readonly bytes: Uint8Array; readonly offset: number} = {bytes: noOctets, offset: 0};
  /** True after change_cipher_spec, when the handshake records of TLS 1.2 are protected. */
  #changed = false;
  #broken = false;

  constructor(told: ToldRecords) {
    this.#told = told;
  }

  /** Takes the next octets of one direction of a TLS connection, in order, and returns their application data. */
  feed(bytes: Uint8Array): readonly TlsPlain[] {
    if (this.#broken) return [];
    const {records, rest, error} = splitRecords(this.#held, bytes);
    this.#broken = error !== undefined;
    const plain: TlsPlain[] = [];
    for (const record of records) {
      plain.push(...this.#record(record, this.#offset));
      this.#offset += recordHeaderSize + record.fragment.length;
    }
    this.#held = rest;
    return plain;
  }

  #record(record: TlsRecord, offset: number): readonly TlsPlain[] {
    const {type, fragment} = record;
    const told = this.#told.about(record);
    if (told) {
      const inner = type === ContentType.application_data && told.type !== type;
      const nonce = !inner && fragment.length === told.content.length + explicitNonceBytes + tagBytes;
      const at = offset + recordHeaderSize + (nonce ? explicitNonceBytes : 0);
      return this.#content({type: told.type, content: told.content, encrypted: true, offset: at}, offset);
    }
    if (type === ContentType.change_cipher_spec) {
      this.#changed = true;
      this.parts.push({name: 'ChangeCipherSpec', encrypted: false, offset});
      return [];
    }
    const hidden = type === ContentType.application_data || (this.#changed && !isHello(fragment));
    if (hidden) this.parts.push({name: undefined, encrypted: true, offset});
    const clear = {type, content: fragment, encrypted: false, offset: offset + recordHeaderSize};
    return hidden ? [] : this.#content(clear, offset);
  }

  #content({type, content, encrypted, offset}: Content, record: number): readonly TlsPlain[] {
    switch (type) {
      case ContentType.handshake:
        this.#messages(content, encrypted, offset);
        return [];
      case ContentType.alert:
        this.parts.push({name: 'Alert', encrypted, offset: record});
        return [];
      case ContentType.application_data:
        this.parts.push({name: 'ApplicationData', encrypted, offset: record});
        return content.length === 0 ? [] : [{bytes: content, offset}];
      default:
        return [];
    }
  }

  #messages(content: Uint8Array, encrypted: boolean, offset: number): void {
    const {bytes: held, offset: before} = this.#message;
    const split = splitHandshake(held, content);
    if (!split.ok) return;
    // The place in the record's content where a handshake message begins; negative if it began in an earlier record.
    let at = -held.length;
    const octetPlace = (): number => (at < 0 ? before : offset + at);
    for (const message of split.value.messages) {
      this.parts.push({name: messageName(message), encrypted, offset: octetPlace()});
      at += message.length;
    }
    this.#message = {bytes: split.value.rest, offset: octetPlace()};
  }
}

/** Tells whether a record's content is a hello in clear: a second ClientHello may follow change_cipher_spec (RFC 9846 §E.4). */
const isHello = (fragment: Uint8Array): boolean => fragment.length > 4 && readUint(fragment, 0, 1) <= 2;
