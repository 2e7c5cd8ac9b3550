// The facts about its ClientHello that a TLS client has to remember until the server has answered.
import type {ClientHello} from '../../wire/tls/hello.ts';
import type {KeyPair} from './crypto-port.ts';
import type {TlsSession, TlsSession12} from './settings.ts';
import type {Transcript} from './transcript.ts';

/** The early data of a TLS client: what was sent, in case the server refuses it, and how many octets it may still send. */
export type EarlyWriting = {readonly sent: readonly Uint8Array[]; readonly left: number};

export type Offer = {
  readonly hello: ClientHello;
  readonly transcript: Transcript;
  readonly keyPairs: ReadonlyMap<number, KeyPair>;
  /** The TLS 1.3 session that the client offers to resume; absent if it offers none. */
  readonly session?: TlsSession;
  /** The TLS 1.2 session whose ticket the client offers (RFC 5077); absent if it offers none. */
  readonly session12?: TlsSession12;
  readonly early?: EarlyWriting;
  /** The cipher suite that a HelloRetryRequest has chosen; absent if none has arrived. */
  readonly retry?: {readonly suite: number};
};
