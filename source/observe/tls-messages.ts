// Reads the handshake messages and alerts of a TLS connection; a message may span several records (RFC 9846 §4, §6; RFC 5246 §7).
import type {Result} from '../wire/result.ts';
import {decodeAlert} from '../wire/tls/alert.ts';
import {asksAgain, type Handshake12, type Handshake13, tls12, tls13} from '../wire/tls/handshake.ts';
import {splitHandshake} from '../wire/tls/handshake-stream.ts';
import {ContentType, handshakeTypeName, ProtocolVersion} from '../wire/tls/registry.ts';
import type {TlsError} from '../wire/tls/tls-error.ts';
import type {Side} from './connections.ts';
import {asTheyAre, type Undo} from './steps-back.ts';
import type {TlsContent} from './tls-contents.ts';

type Place = {
  readonly side: Side;
  /** The number of the packet that completes a TLS message or alert; `event` is that packet's event. */
  readonly frame: number;
  readonly event: number;
  readonly encrypted: boolean;
};

export type TlsMessage = Place & {
  /**
   * The name of a TLS handshake message, such as `client_hello`; a ServerHello that asks for another ClientHello is `hello_retry_request`.
   */
  readonly name: string;
  /** The octets of a TLS handshake message, including its header. */
  readonly bytes: Uint8Array;
  /** The decoded TLS handshake message; undefined if it cannot be decoded. */
  readonly message: Handshake12 | Handshake13 | undefined;
};

/** A TLS alert with its level and description as the numbers on the wire. */
export type TlsAlert = Place & {readonly level: number; readonly description: number};

const none = new Uint8Array(0);

const contentPlace = ({seen: {side, frame, event}, encrypted}: TlsContent): Place => ({
  side,
  frame,
  event,
  encrypted,
});

/** A TLS handshake message that is decoded only when its contents are read, because most readers want only its name. */
class SeenMessage implements TlsMessage {
  readonly side: Side;
  readonly frame: number;
  readonly event: number;
  readonly encrypted: boolean;
  readonly bytes: Uint8Array;
  readonly #version: number | undefined;
  #read: Result<Handshake12 | Handshake13, TlsError> | undefined;

  constructor(bytes: Uint8Array, version: number | undefined, {side, frame, event, encrypted}: Place) {
    this.side = side;
    this.frame = frame;
    this.event = event;
    this.encrypted = encrypted;
    this.bytes = bytes;
    this.#version = version;
  }

  get message(): Handshake12 | Handshake13 | undefined {
    const is13 = this.#version === ProtocolVersion['TLS 1.3'];
    this.#read ??= (is13 ? tls13 : tls12).decode(this.bytes);
    return this.#read.ok ? this.#read.value : undefined;
  }

  /** A ServerHello and a HelloRetryRequest have the same type number, so only the message's contents tell which name is right. */
  get name(): string {
    const retry = asksAgain(this.bytes) && this.message?.type;
    return retry || handshakeTypeName(this.bytes[0] ?? 0);
  }
}

type Shown = Extract<Handshake12 | Handshake13, {readonly type: 'certificate'}>['body'];

/**
 * Returns the first Certificate message of a side, which lists the side's own certificate first; undefined if there is none that can be
 * decoded.
 */
export const certificateMessage = (messages: readonly TlsMessage[], side: Side): Shown | undefined => {
  const first = messages.find((each) => each.side === side && each.name === 'certificate')?.message;
  return first?.type === 'certificate' ? first.body : undefined;
};

/** Collects the handshake messages and alerts from the record contents of one TLS connection. */
export class MessageReader {
  readonly messages: TlsMessage[] = [];
  readonly alerts: TlsAlert[] = [];
  /** Maps each record content that continues a TLS handshake message to the octets of the message in earlier records. */
  readonly heldBefore = new Map<TlsContent, Uint8Array>();
  readonly #version: number | undefined;
  #held: readonly [Uint8Array, Uint8Array] = [none, none];

  constructor(version: number | undefined) {
    this.#version = version;
  }

  take(each: TlsContent): void {
    const {type, content} = each;
    if (content === undefined) return;
    if (type === ContentType.handshake) this.#handshake(each, content);
    const alert = type === ContentType.alert ? decodeAlert(content) : undefined;
    if (alert?.ok) this.alerts.push({...contentPlace(each), ...alert.value});
  }

  /** Returns an undo function that resets the reader of TLS messages to its present state. */
  asItIs(): Undo {
    const [undo, held] = [asTheyAre([], [this.messages, this.alerts]), this.#held];
    return () => {
      undo();
      this.#held = held;
    };
  }

  #handshake(each: TlsContent, content: Uint8Array): void {
    const place = contentPlace(each);
    const before = this.#held[place.side];
    if (before.length > 0) this.heldBefore.set(each, before);
    const split = splitHandshake(before, content);
    const rest = split.ok ? split.value.rest : none;
    this.#held = place.side === 0 ? [rest, this.#held[1]] : [this.#held[0], rest];
    const whole = split.ok ? split.value.messages : [];
    this.messages.push(...whole.map((bytes) => new SeenMessage(bytes, this.#version, place)));
  }
}
