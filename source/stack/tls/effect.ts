// What happens to a TLS connection and what it does: a pure machine between a byte stream and a program.
import type {AlertName} from '../../wire/tls/registry.ts';
import type {PathFault} from './certificate-path.ts';
import type {CryptoPort} from './crypto-port.ts';
import type {TlsBecause, TlsRuleId} from './rules.ts';
import type {TlsSession, TlsSession12} from './settings.ts';

export type TlsEvent =
  /** The connection below is open: the client speaks first. */
  | {readonly kind: 'open'}
  /** From the connection below, in pieces of any size. */
  | {readonly kind: 'bytes'; readonly data: Uint8Array}
  /** The connection below ends: nothing more will come. */
  | {readonly kind: 'eof'}
  /** From the program. Before the keys are there it waits, unless it may leave as early data. */
  | {readonly kind: 'write'; readonly data: Uint8Array}
  /** Of TLS 1.3 alone (RFC 9846 §4.7.3); `request`: the peer is to change its keys as well. */
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
  /** Of TLS 1.2: its master secret. */
  | 'CLIENT_RANDOM';

/** The values of the key schedule in the order in which they come (RFC 9846 §7.1; of TLS 1.2, RFC 5246 §8.1). */
export type ScheduleStep =
  | 'psk'
  | 'early secret'
  | 'shared secret'
  | 'handshake secret'
  | 'main secret'
  | 'resumption secret'
  | 'premaster secret'
  | 'master secret';

/** Which keys protect a message; `clear`: none. */
export type Epoch = 'clear' | 'early' | 'handshake' | 'application';

export type TlsNote =
  /** A whole handshake message, in clear; `name` is that of HandshakeType. */
  | {
      readonly kind: 'message';
      readonly op: 'sent' | 'received';
      readonly name: string;
      readonly bytes: Uint8Array;
      readonly epoch: Epoch;
    }
  /** A protected record that leaves, whole, and what is in it. */
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
  /** In TLS 1.3 it means nothing and is dropped (§5); in TLS 1.2 keys change with it. */
  | {readonly kind: 'changeCipherSpec'; readonly op: 'sent' | 'received' | 'dropped'}
  /** What the client makes of the certificates: the path to an authority that it trusts, DER, or what is wrong. */
  | {readonly kind: 'path'; readonly certificates: readonly Uint8Array[]}
  /** `place`: in the chain, 0 the site's own; its length where none is at fault. */
  | {readonly kind: 'pathFault'; readonly fault: PathFault['fault']; readonly place: number};

/** What both ends agreed on; numbers as on the wire. */
export type Agreement = {
  readonly version: 'TLS 1.2' | 'TLS 1.3';
  readonly suite: number;
  /** None where RSA transports the key, and where TLS 1.2 resumes. */
  readonly group?: number;
  readonly serverName?: string;
  readonly alpn?: string;
  readonly resumed: boolean;
  readonly earlyData?: 'accepted' | 'rejected';
  /** The peer's, its own certificate first; none where a PSK authenticates. DER. */
  readonly certificates: readonly Uint8Array[];
  /** The scheme of the server's CertificateVerify; in TLS 1.2, of ServerKeyExchange. */
  readonly signatureScheme?: number;
  /** Of TLS 1.2: the master secret is bound to the handshake (RFC 7627). */
  readonly extendedMasterSecret?: boolean;
};

/** `closeNotify`: the peer said so; `truncated`: the connection below ended without it; `alert`: a fatal one. */
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
      /** Of a fault of a certificate the fact `certificate` says which. */
      readonly because: TlsBecause;
    }
  /** The peer sends no more. After `closeNotify` this end still may. */
  | {readonly kind: 'closed'; readonly how: TlsEnd; readonly because: TlsBecause}
  /** This end has sent close_notify: what is below may be closed in its direction. */
  | {readonly kind: 'finish'; readonly because: TlsRuleId}
  | {
      readonly kind: 'secret';
      readonly label: SecretLabel;
      readonly clientRandom: Uint8Array;
      readonly secret: Uint8Array;
      readonly because: TlsRuleId;
    }
  /** Client: what a later connection may be resumed with. */
  | {readonly kind: 'session'; readonly session: TlsSession | TlsSession12; readonly because: TlsRuleId}
  /** Client: what it wrote early has not been heard; `again`: it leaves once more after the handshake. */
  | {
      readonly kind: 'earlyRefused';
      readonly data: Uint8Array;
      readonly again: boolean;
      readonly because: TlsRuleId;
    }
  /** Server: `env.seen` has to know this from now on. */
  | {readonly kind: 'remember'; readonly id: string; readonly because: TlsRuleId}
  | {readonly kind: 'note'; readonly note: TlsNote; readonly because: TlsBecause};

export type TlsEnv = {
  /** Simulated time; ages of tickets are counted in it. */
  readonly nowUs: number;
  /** Microseconds since 1970 by this end's clock, for the dates of certificates. */
  readonly wallUs: number;
  readonly crypto: CryptoPort;
  /** Octets that an outsider cannot guess: a function of the seed, the connection and `keys`. */
  bytes(size: number, ...keys: readonly (string | number)[]): Uint8Array;
  /** Server: has this been remembered, by whatever connection of it? */
  seen(id: string): boolean;
};
