// One direction of a TLS connection as somebody sees it who knows what its sender put into each record: what begins where, and the
// octets of the program inside (RFC 9846 §5). Without that knowledge protected records are no more than that.

import type {EventOf, TraceEvent} from '../../sim/trace.ts';
import {hexOf, noOctets, readUint} from '../../wire/octets.ts';
import {splitHandshake} from '../../wire/tls/handshake-stream.ts';
import {messageName} from '../../wire/tls/message-name.ts';
import {recordHeaderSize, splitRecords, type TlsRecord} from '../../wire/tls/record.ts';
import {ContentType} from '../../wire/tls/registry.ts';

/** `name`: of a message as the RFCs write it, `Alert`, `ChangeCipherSpec`, `ApplicationData`; undefined: nobody can tell. */
export type TlsPart = {
  readonly name: string | undefined;
  readonly encrypted: boolean;
  /** Of its first octet in the stream of TCP. */
  readonly offset: number;
};

/** Octets for the program, and where they lie in the stream of TCP. */
export type TlsPlain = {readonly bytes: Uint8Array; readonly offset: number};

type Told = Extract<EventOf<'tls'>['what'], {kind: 'record'}>;

const tagBytes = 16;

/** The tag at a record's end is like no other. */
const keyOf = (bytes: Uint8Array): string => `${bytes.length} ${hexOf(bytes.slice(-tagBytes))}`;

/** What senders have put into their records. */
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

/** Does a stream that begins so carry TLS? */
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

/** In TLS 1.2 eight octets of nonce stand before what is protected (RFC 5288 §3). */
const explicitNonceBytes = 8;

export class TlsStream {
  readonly parts: TlsPart[] = [];
  readonly #told: ToldRecords;
  #held: Uint8Array = noOctets;
  /** Of `#held`. */
  #offset = 0;
  #message: {readonly bytes: Uint8Array; readonly offset: number} = {bytes: noOctets, offset: 0};
  /** After change_cipher_spec handshake records of TLS 1.2 are protected. */
  #changed = false;
  #broken = false;

  constructor(told: ToldRecords) {
    this.#told = told;
  }

  /** The next octets of the stream, in order; what the program gets of them. */
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
    // Where a message begins in this record; the first may have begun in an earlier one.
    let at = -held.length;
    const octetPlace = (): number => (at < 0 ? before : offset + at);
    for (const message of split.value.messages) {
      this.parts.push({name: messageName(message), encrypted, offset: octetPlace()});
      at += message.length;
    }
    this.#message = {bytes: split.value.rest, offset: octetPlace()};
  }
}

/** A second ClientHello comes in clear behind change_cipher_spec (RFC 9846 §E.4). */
const isHello = (fragment: Uint8Array): boolean => fragment.length > 4 && readUint(fragment, 0, 1) <= 2;
