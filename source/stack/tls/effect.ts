// The events and effects of a TLS connection, which is a pure machine between a byte stream and a program.
import type {AlertName} from '../../wire/tls/registry.ts';
import type {PathFault} from './certificate-path.ts';
import type {CryptoPort} from './crypto-port.ts';
import type {TlsBecause, TlsRuleId} from './rules.ts';
import type {TlsSession, TlsSession12} from './settings.ts';

export type TlsEvent =
  /** The TCP connection below TLS is open; a client sends its ClientHello now. */
  | {readonly kind: 'open'}
  /** Octets received from the connection below TLS, in pieces of any size. */
  | {readonly kind: 'bytes'; readonly data: Uint8Array}
  /** The connection below TLS has ended: no more octets will arrive. */
  | {readonly kind: 'eof'}
  /** Data that the program writes to the TLS connection. Before there are keys they wait, unless they may be sent as early data. */
  | {readonly kind: 'write'; readonly data: Uint8Array}
  /**
   * A request to change this end's keys by KeyUpdate, in TLS 1.3 only (RFC 9846 §4.7.3); with `request` the peer has to change its keys as
   * well.
   */
  | {readonly kind: 'updateKeys'; readonly request: boolean}
  /** The program has no more data to send on the TLS connection. */
  | {readonly kind: 'close'};

/** Labels of the key log format that Wireshark and browsers share (RFC 9850). */
export type SecretLabel =
  | 'CLIENT_EARLY_TRAFFIC_SECRET'
  | 'CLIENT_HANDSHAKE_TRAFFIC_SECRET'
  | 'SERVER_HANDSHAKE_TRAFFIC_SECRET'
  | 'CLIENT_TRAFFIC_SECRET_0'
  | 'SERVER_TRAFFIC_SECRET_0'
  | 'EXPORTER_SECRET'
  /** The key log label of the master secret of TLS 1.2. */
  | 'CLIENT_RANDOM';

/** The values of the key schedule in their order (RFC 9846 §7.1; for TLS 1.2, RFC 5246 §8.1). */
export type ScheduleStep =
  | 'psk'
  | 'early secret'
  | 'shared secret'
  | 'handshake secret'
  | 'main secret'
  | 'resumption secret'
  | 'premaster secret'
  | 'master secret';

/** The kind of keys that protect a TLS message; `clear` means none. */
export type Epoch = 'clear' | 'early' | 'handshake' | 'application';

export type TlsNote =
  /** A note that a whole TLS handshake message was sent or received, here without encryption; `name` is that of HandshakeType. */
  | {
      readonly kind: 'message';
      readonly op: 'sent' | 'received';
      readonly name: string;
      readonly bytes: Uint8Array;
      readonly epoch: Epoch;
    }
  /** A note that a protected TLS record was sent: its content and the whole record. */
  | {
      readonly kind: 'record';
      readonly type: number;
      readonly content: Uint8Array;
      readonly epoch: Epoch;
      readonly record: Uint8Array;
    }
  | {readonly kind: 'schedule'; readonly step: ScheduleStep; readonly value: Uint8Array}
  | {
      readonly kind: 'keys';
      readonly op: 'read' | 'write';
      readonly epoch: Epoch;
      readonly secret: Uint8Array;
      readonly key: Uint8Array;
      readonly iv: Uint8Array;
    }
  | {readonly kind: 'state'; readonly from: string; readonly to: string}
  | {readonly kind: 'earlyData'; readonly op: 'offered' | 'accepted' | 'rejected' | 'skipped'}
  /** A note about change_cipher_spec. In TLS 1.3 it means nothing and is dropped (§5); in TLS 1.2 it changes the keys. */
  | {readonly kind: 'changeCipherSpec'; readonly op: 'sent' | 'received' | 'dropped'}
  /** A note that the client trusts the server's certificate: the path from it to a trusted authority, in DER. */
  | {readonly kind: 'path'; readonly certificates: readonly Uint8Array[]}
  /**
   * A note why the client refuses the server's certificates. `place` is the index of the faulty one, 0 for the site's own; the number of
   * certificates sent if none of them is at fault.
   */
  | {readonly kind: 'pathFault'; readonly fault: PathFault['fault']; readonly place: number};

/** The parameters on which both ends of a TLS connection have agreed; the numbers are those in the messages. */
export type Agreement = {
  readonly version: 'TLS 1.2' | 'TLS 1.3';
  readonly suite: number;
  /** The group of the key agreement; absent if RSA transports the key, and if TLS 1.2 resumes. */
  readonly group?: number;
  readonly serverName?: string;
  readonly alpn?: string;
  readonly resumed: boolean;
  readonly earlyData?: 'accepted' | 'rejected';
  /** The peer's certificates in DER, its own first; empty if a PSK authenticates the connection. */
  readonly certificates: readonly Uint8Array[];
  /** The signature scheme of the server's CertificateVerify, or in TLS 1.2 of ServerKeyExchange. */
  readonly signatureScheme?: number;
  /** True in TLS 1.2 if the master secret is bound to the handshake (RFC 7627). */
  readonly extendedMasterSecret?: boolean;
};

/**
 * How the peer's TLS data end. `closeNotify`: the peer sent close_notify; `truncated`: the connection below ended without it; `alert`: a
 * fatal alert.
 */
export type TlsEnd = 'closeNotify' | 'truncated' | 'alert';

export type TlsEffect =
  /** Whole TLS records to send on the connection below. The fact `message` of the reason names the first handshake message in them. */
  | {readonly kind: 'send'; readonly data: Uint8Array; readonly because: TlsBecause}
  | {
      readonly kind: 'deliver';
      readonly data: Uint8Array;
      readonly early: boolean;
      readonly because: TlsRuleId;
    }
  | {readonly kind: 'established'; readonly agreement: Agreement; readonly because: TlsRuleId}
  | {
      readonly kind: 'alert';
      readonly op: 'sent' | 'received';
      readonly fatal: boolean;
      readonly name: AlertName | 'unknown';
      /** The reason for a TLS alert; for a fault of a certificate, its fact `certificate` says what is wrong. */
      readonly because: TlsBecause;
    }
  /** The peer sends no more TLS data. After `closeNotify` this end may still send. */
  | {readonly kind: 'closed'; readonly how: TlsEnd; readonly because: TlsBecause}
  /** This end has sent close_notify, so its direction of the TCP connection may be closed. */
  | {readonly kind: 'finish'; readonly because: TlsRuleId}
  | {
      readonly kind: 'secret';
      readonly label: SecretLabel;
      readonly clientRandom: Uint8Array;
      readonly secret: Uint8Array;
      readonly because: TlsRuleId;
    }
  /** A TLS client has received a ticket: the session that a later connection may resume. */
  | {readonly kind: 'session'; readonly session: TlsSession | TlsSession12; readonly because: TlsRuleId}
  /** The server refused the client's early data; if `again`, the client sends them once more after the handshake. */
  | {
      readonly kind: 'earlyRefused';
      readonly data: Uint8Array;
      readonly again: boolean;
      readonly because: TlsRuleId;
    }
  /** A TLS server must remember the id of an accepted ClientHello, so that `env.seen` recognises a replay. */
  | {readonly kind: 'remember'; readonly id: string; readonly because: TlsRuleId}
  | {readonly kind: 'note'; readonly note: TlsNote; readonly because: TlsBecause};

export type TlsEnv = {
  /** The simulated time in µs, from which a TLS end computes the ages of tickets. */
  readonly nowUs: number;
  /** The microseconds since 1970 by this end's clock, with which a client checks the dates of certificates. */
  readonly wallUs: number;
  readonly crypto: CryptoPort;
  /** Returns random octets for TLS: a function of the seed, the connection and `keys`, which an outsider cannot guess. */
  bytes(size: number, ...keys: readonly (string | number)[]): Uint8Array;
  /** Tells whether any connection of this TLS server has remembered this id, so that a replay is recognised. */
  seen(id: string): boolean;
};
