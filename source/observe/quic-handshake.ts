// Reads TLS in the CRYPTO frames of a QUIC connection (RFC 9001 §4): its hellos in Initial packets, the rest if it was decrypted.
import {idleTimeoutMs} from '../wire/quic/transport-parameters.ts';
import {extensionValue} from '../wire/tls/extension-list.ts';
import {type Handshake13, tls13} from '../wire/tls/handshake.ts';
import {splitHandshake} from '../wire/tls/handshake-stream.ts';
import type {ClientHello, ServerHello} from '../wire/tls/hello.ts';
import {handshakeTypeName} from '../wire/tls/registry.ts';
import type {Side} from './connections.ts';
import {OrderedOctets} from './quic-octets.ts';
import {protocolsIn, serverNameIn} from './tls-hellos.ts';

/** The QUIC encryption levels that carry CRYPTO frames: 0 Initial, 1 Handshake, 2 1-RTT. */
export type Level = 0 | 1 | 2;

export type QuicMessage = {
  readonly side: Side;
  readonly level: Level;
  /** The offset after the TLS message's last octet in the CRYPTO stream of its level. */
  readonly end: number;
  /** The name of the TLS handshake message, such as `client_hello`. */
  readonly name: string;
};

type Flow = {readonly octets: OrderedOctets; held: Uint8Array; told: number};

const none = new Uint8Array(0);
const newFlow = (): Flow => ({octets: new OrderedOctets(), held: none, told: 0});

type Encrypted = Extract<Handshake13, {type: 'encrypted_extensions'}>['body'];

/** The highest number of TLS messages that are kept of a QUIC connection; a handshake with session tickets has at most a few dozen. */
const mostMessages = 256;

export class QuicHandshake {
  readonly messages: QuicMessage[] = [];
  client: ClientHello | undefined;
  server: ServerHello | undefined;
  encrypted: Encrypted | undefined;
  #flows = [newFlow(), newFlow(), newFlow(), newFlow(), newFlow(), newFlow()];

  /** Forgets the handshake so far, because after a Version Negotiation the client begins anew (RFC 9000 §6.2). */
  restart(): void {
    this.#flows = this.#flows.map(newFlow);
    this.messages.length = 0;
    this.client = undefined;
    this.server = undefined;
  }

  /** Takes the data of a CRYPTO frame; returns true if they complete a ClientHello or ServerHello. */
  take(side: Side, level: Level, {offset, data}: {offset: number; data: Uint8Array}): boolean {
    const flow = this.#flows[3 * side + level] ?? newFlow();
    let isNew = false;
    for (const piece of flow.octets.add(offset, data)) {
      const split = splitHandshake(flow.held, piece);
      flow.held = split.ok ? split.value.rest : none;
      for (const bytes of split.ok ? split.value.messages : []) {
        flow.told += bytes.length;
        isNew = this.#message(bytes, {side, level, end: flow.told}) || isNew;
      }
    }
    return isNew;
  }

  #message(bytes: Uint8Array, place: Omit<QuicMessage, 'name'>): boolean {
    const read = tls13.decode(bytes);
    const name = read.ok ? read.value.type : handshakeTypeName(bytes[0] ?? 0);
    if (this.messages.length < mostMessages) this.messages.push({...place, name});
    if (!read.ok) return false;
    const {type, body} = read.value;
    if (type === 'client_hello' && place.side === 0) this.client = body;
    else if (type === 'server_hello' && place.side === 1) this.server = body;
    else if (type === 'encrypted_extensions' && place.side === 1) this.encrypted = body;
    return type === 'client_hello' || type === 'server_hello';
  }

  get serverName(): string | undefined {
    return this.client && serverNameIn(this.client);
  }

  get alpnOffered(): readonly string[] {
    return protocolsIn(extensionValue(this.client?.extensions, 'application_layer_protocol_negotiation'));
  }

  /**
   * The shorter of the QUIC idle timeouts that both ends announced (RFC 9000 §10.1), in milliseconds; undefined if no captured one is above
   * 0.
   */
  get idleTimeoutMs(): number | undefined {
    const name = 'quic_transport_parameters';
    const [own, far] = [this.client?.extensions, this.encrypted?.extensions];
    const told = [extensionValue(own, name), extensionValue(far, name)].map((all) =>
      idleTimeoutMs(all ?? []),
    );
    const least = Math.min(...told.filter((ms) => ms > 0));
    return Number.isFinite(least) ? least : undefined;
  }

  /** The application protocol agreed on by ALPN; undefined if there is none or EncryptedExtensions could not be decrypted. */
  get alpn(): string | undefined {
    const names = extensionValue(this.encrypted?.extensions, 'application_layer_protocol_negotiation');
    return protocolsIn(names)[0];
  }

  /** True if the TLS session was resumed; undefined if the ServerHello was not seen. */
  get resumed(): boolean | undefined {
    return this.server && extensionValue(this.server.extensions, 'pre_shared_key') !== undefined;
  }

  /** True if the server accepted 0-RTT data; undefined if EncryptedExtensions could not be decrypted. */
  get earlyDataAccepted(): boolean | undefined {
    return this.encrypted?.extensions.some(({name}) => name === 'early_data');
  }
}
