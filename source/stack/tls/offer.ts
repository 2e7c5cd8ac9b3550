// The offer of a client in its ClientHello, which it has to remember until the answer.
import type {ClientHello} from '../../wire/tls/hello.ts';
import type {KeyPair} from './crypto-port.ts';
import type {TlsSession, TlsSession12} from './settings.ts';
import type {Transcript} from './transcript.ts';

/** A client's early data: what was sent, in case the server refuses it, and how many octets it may still send. */
export type EarlyWriting = {readonly sent: readonly Uint8Array[]; readonly left: number};

export type Offer = {
  readonly hello: ClientHello;
  readonly transcript: Transcript;
  readonly keyPairs: ReadonlyMap<number, KeyPair>;
  /** The session that the client offers to resume. */
  readonly session?: TlsSession;
  /** The session of a TLS 1.2 ticket (RFC 5077). */
  readonly session12?: TlsSession12;
  readonly early?: EarlyWriting;
  /** The values fixed by a HelloRetryRequest, if one has arrived. */
  readonly retry?: {readonly suite: number};
};
