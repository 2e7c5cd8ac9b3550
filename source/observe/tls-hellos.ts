// Reads what the two ends of a TLS connection agree on in their hellos, which are in clear (RFC 9846 §4.2, RFC 5246 §7.4.1).

import {uint16} from '../wire/frame-headers.ts';
import {extensionValue} from '../wire/tls/extension-list.ts';
import {tls13} from '../wire/tls/handshake.ts';
import {splitHandshake} from '../wire/tls/handshake-stream.ts';
import type {ClientHello, HelloRetryRequest, ServerHello} from '../wire/tls/hello.ts';
import {ContentType, HandshakeType, isGrease, NameType} from '../wire/tls/registry.ts';
import {decodeUtf8} from '../wire/utf8.ts';
import type {Undo} from './steps-back.ts';
import type {SeenRecord} from './tls-records.ts';

export type Hellos = {
  /** The first ClientHello. Early data belong to it alone, because a HelloRetryRequest ends them (RFC 9846 §4.3.10). */
  readonly first: ClientHello | undefined;
  /** The last ClientHello before the ServerHello: the second one if the server sent a HelloRetryRequest. */
  readonly client: ClientHello | undefined;
  readonly retry: HelloRetryRequest | undefined;
  readonly server: ServerHello | undefined;
};

const none = new Uint8Array(0);

/** Finds ClientHello, HelloRetryRequest and ServerHello in the handshake records of a connection, up to the ServerHello. */
export class HelloReader {
  found: Hellos = {first: undefined, client: undefined, retry: undefined, server: undefined};
  #held: readonly [Uint8Array, Uint8Array] = [none, none];

  take({side, record}: SeenRecord): void {
    if (record.type !== ContentType.handshake || this.found.server) return;
    const split = splitHandshake(this.#held[side], record.fragment);
    const rest = split.ok ? split.value.rest : none;
    this.#held = side === 0 ? [rest, this.#held[1]] : [this.#held[0], rest];
    for (const bytes of split.ok ? split.value.messages : []) {
      const [kind] = bytes;
      if (kind !== HandshakeType.client_hello && kind !== HandshakeType.server_hello) continue;
      const message = tls13.decode(bytes);
      if (!message.ok || this.found.server) continue;
      const {type, body} = message.value;
      const {found} = this;
      if (type === 'client_hello') this.found = {...found, first: found.first ?? body, client: body};
      else if (type === 'hello_retry_request') this.found = {...found, retry: body};
      else if (type === 'server_hello') this.found = {...found, server: body};
    }
  }

  /** Returns an undo function that resets the reader of hellos to its present state. */
  asItIs(): Undo {
    const {found} = this;
    const held = this.#held;
    return () => {
      this.found = found;
      this.#held = held;
    };
  }
}

export const versionOf = ({legacyVersion, extensions}: ServerHello): number =>
  extensionValue(extensions, 'supported_versions') ?? legacyVersion;

/**
 * Returns the TLS versions that a client offers: those of its supported_versions extension, or without it only legacy_version, the highest
 * that it knows.
 */
export const versionsOffered = ({legacyVersion, extensions}: ClientHello): readonly number[] =>
  extensionValue(extensions, 'supported_versions') ?? [legacyVersion];

export const serverNameIn = ({extensions}: ClientHello): string | undefined => {
  const names = extensionValue(extensions, 'server_name') ?? [];
  const name = names.find(({nameType}) => nameType === NameType.host_name)?.name;
  return name && decodeUtf8(name);
};

/** Tells whether the name of an ALPN protocol is a GREASE value: two octets of the reserved pattern (RFC 8701 §3.1). */
export const isGreaseName = (name: Uint8Array): boolean => name.length === 2 && isGrease(uint16(name, 0));

export const protocolsIn = (names: readonly Uint8Array[] | undefined): readonly string[] =>
  (names ?? []).filter((name) => !isGreaseName(name)).map((name) => decodeUtf8(name));
