// The events and effects of a TLS connection, which is a pure machine between a byte stream and a program.
import type {AlertName} from '../../wire/tls/registry.ts';
import type {PathFault} from './certificate-path.ts';
import type {CryptoPort} from './crypto-port.ts';
import type {TlsBecause, TlsRuleId} from './rules.ts';
import type {TlsSession, TlsSession12} from './settings.ts';

export type TlsEvent =
  /** The connection below is open; the client sends first. */
  | {readonly kind: 'open'}
  /** Octets from the connection below, in pieces of any size. */
  | {readonly kind: 'bytes'; readonly data: Uint8Array}
  /** The connection below ends: no more octets will arrive. */
  | {readonly kind: 'eof'}
  /** Data from the program. Before there are keys they wait, unless they may be sent as early data. */
  | {readonly kind: 'write'; readonly data: Uint8Array}
  /** A request to change keys, in TLS 1.3 only (RFC 9846 §4.7.3); with `request` the peer has to change its keys as well. */
  | {readonly kind: 'updateKeys'; readonly request: boolean}
  /** The program has no more to send. */
  | {readonly kind: 'close'};

/** Labels of the key log format that Wireshark and browsers share (RFC 9850). */
export type SecretLabel =
  | 'CLIENT_EARLY_TRAFFIC_SECRET'
  | 'CLIENT_HANDSHAKE_TRAFFIC_SECRET'
  | 'SERVER_HANDSHAKE_TRAFFIC_SECRET'
  | 'CLIENT_TRAFFIC_SECRET_0'
  | 'SERVER_TRAFFIC_SECRET_0'
  | 'EXPORTER_SECRET'
  /** The label of the master secret of TLS 1.2. */
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

/** The keys that protect a message; `clear` means none. */
export type Epoch = 'clear' | 'early' | 'handshake' | 'application';

export type TlsNote =
  /** A whole handshake message in clear; `name` is that of HandshakeType. */
  | {
      readonly kind: 'message';
      readonly op: 'sent' | 'received';
      readonly name: string;
      readonly bytes: Uint8Array;
      readonly epoch: Epoch;
    }
  /** A protected record that is sent, as a whole, with its content. */
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
  /** change_cipher_spec. In TLS 1.3 it means nothing and is dropped (§5); in TLS 1.2 it changes the keys. */
  | {readonly kind: 'changeCipherSpec'; readonly op: 'sent' | 'received' | 'dropped'}
  /** The client's verdict on the certificates: the path to an authority that it trusts, in DER. */
  | {readonly kind: 'path'; readonly certificates: readonly Uint8Array[]}
  /** The fault of the certificates. `place` is the index in the chain, 0 for the site's own; its length if none is at fault. */
  | {readonly kind: 'pathFault'; readonly fault: PathFault['fault']; readonly place: number};

/** The agreement of both ends; numbers are those of the wire. */
export type Agreement = {
  readonly version: 'TLS 1.2' | 'TLS 1.3';
  readonly suite: number;
  /** The group of the key agreement; absent if RSA transports the key, and if TLS 1.2 resumes. */
  readonly group?: number;
  readonly serverName?: string;
  readonly alpn?: string;
  readonly resumed: boolean;
  readonly earlyData?: 'accepted' | 'rejected';
  /** The peer's certificates in DER, its own first; none if a PSK authenticates. */
  readonly certificates: readonly Uint8Array[];
  /** The scheme of the server's CertificateVerify, or in TLS 1.2 of ServerKeyExchange. */
  readonly signatureScheme?: number;
  /** True in TLS 1.2 if the master secret is bound to the handshake (RFC 7627). */
  readonly extendedMasterSecret?: boolean;
};

/**
 * The end of the peer's data. `closeNotify`: the peer announced it; `truncated`: the connection below ended without that; `alert`: a fatal
 * alert.
 */
export type TlsEnd = 'closeNotify' | 'truncated' | 'alert';

export type TlsEffect =
  /** Whole records for the connection below. The fact `message` names the first handshake message in them. */
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
      /** The reason; for a fault of a certificate, the fact `certificate` names it. */
      readonly because: TlsBecause;
    }
  /** The peer sends no more. After `closeNotify` this end still may. */
  | {readonly kind: 'closed'; readonly how: TlsEnd; readonly because: TlsBecause}
  /** This end has sent close_notify, so its direction of the connection below may be closed. */
  | {readonly kind: 'finish'; readonly because: TlsRuleId}
  | {
      readonly kind: 'secret';
      readonly label: SecretLabel;
      readonly clientRandom: Uint8Array;
      readonly secret: Uint8Array;
      readonly because: TlsRuleId;
    }
  /** At a client: a session that a later connection may resume. */
  | {readonly kind: 'session'; readonly session: TlsSession | TlsSession12; readonly because: TlsRuleId}
  /** At a client: its early data were refused; with `again` they are sent once more after the handshake. */
  | {
      readonly kind: 'earlyRefused';
      readonly data: Uint8Array;
      readonly again: boolean;
      readonly because: TlsRuleId;
    }
  /** At a server: an id that `env.seen` has to know from now on. */
  | {readonly kind: 'remember'; readonly id: string; readonly because: TlsRuleId}
  | {readonly kind: 'note'; readonly note: TlsNote; readonly because: TlsBecause};

export type TlsEnv = {
  /** Simulated time, in which the ages of tickets are counted. */
  readonly nowUs: number;
  /** Microseconds since 1970 by this end's clock, for the dates of certificates. */
  readonly wallUs: number;
  readonly crypto: CryptoPort;
  /** Returns octets that an outsider cannot guess: a function of the seed, the connection and `keys`. */
  bytes(size: number, ...keys: readonly (string | number)[]): Uint8Array;
  /** At a server: tells whether any of its connections has remembered this id. */
  seen(id: string): boolean;
};
