// The TLS state of a simulated host: its connections, servers, tickets and ClientHellos with early data; and the TLS events that a trace
// contains.
import type {StreamEnd, StreamId} from '../stack/program.ts';
import type {Socket} from '../stack/tcp/effect.ts';
import type {TlsConnection} from '../stack/tls/connection.ts';
import type {TlsEffect, TlsNote} from '../stack/tls/effect.ts';
import type {CredentialText, SecureServer} from '../stack/tls/secure.ts';
import type {TlsSession, TlsSession12} from '../stack/tls/settings.ts';
import type {RecoveryFault} from '../stack/tls/tls12/leaked-key.ts';
import {Table} from '../wire/table.ts';
import type {AlertName} from '../wire/tls/registry.ts';
import type {AppName} from './app-name.ts';

export type {CredentialText};

type Owner = {readonly app: AppName; readonly stream: StreamId};

/** The TLS of one TCP connection on a simulated host. It stays after the connection has ended, so that it can be shown. */
export type SecureStream = {
  readonly connection: TlsConnection;
  readonly owner: Owner;
  /** The two sockets of a TLS connection that a server accepted; absent at a client. */
  readonly accepted?: {readonly local: Socket; readonly remote: Socket};
  /**
   * The site and the port under which a TLS client keeps the tickets of this connection; absent at a server, or if the client keeps none.
   */
  readonly site?: string;
  /** Whether the program has been told that its TLS connection is open; `early`: told before the end of the handshake, for early data. */
  readonly told: 'no' | 'early' | 'established';
  /** The encrypted octets of the connection that an eavesdropper has recorded; absent unless a key leaks in this run. */
  readonly recorded?: {readonly sent: readonly Uint8Array[]; readonly received: readonly Uint8Array[]};
  /** The fatal TLS alert that one of the ends sent; absent if there was none. */
  readonly alert?: AlertName | 'unknown';
};

export type TlsHost = {
  /** The TLS of the host's connections, by the ID of the TCP connection. */
  readonly connections: Table<SecureStream>;
  /** The TLS settings of the host's servers, by TCP port. */
  readonly servers: Table<SecureServer>;
  /** The newest TLS ticket of a client, by site; each is used once (RFC 9846 §C.4). */
  readonly sessions: Table<TlsSession | TlsSession12>;
  /** The IDs of the ClientHellos whose early data this server accepted, so that it refuses replays (RFC 9846 §8.2). */
  readonly seen: Table<true>;
  /** The number of recorded TLS connections that an attacker has decrypted with this server's leaked key. */
  readonly recovered: number;
  /** The number of octets of application data that a leaked key has decrypted in recorded connections. */
  readonly recoveredBytes: number;
};

export const emptyTls: TlsHost = {
  connections: Table.empty(),
  servers: Table.empty(),
  sessions: Table.empty(),
  seen: Table.empty(),
  recovered: 0,
  recoveredBytes: 0,
};

/** An event of a TCP connection for the TLS on it. */
export type SecureEvent =
  | {readonly kind: 'accepted'; readonly owner: Owner; readonly local: Socket; readonly remote: Socket}
  | {readonly kind: 'open'}
  | {readonly kind: 'bytes'; readonly data: Uint8Array}
  | {readonly kind: 'eof'}
  | {readonly kind: 'gone'; readonly how: StreamEnd};

/** The application data that a leaked key decrypts in a recorded connection, or the reason why it decrypts nothing. */
type Leak =
  | {readonly kind: 'recovered'; readonly client: Uint8Array; readonly server: Uint8Array}
  | {readonly kind: 'unrecovered'; readonly why: RecoveryFault};

export type TlsTold =
  | Leak
  | TlsNote
  | Extract<TlsEffect, {kind: 'established' | 'alert' | 'closed' | 'secret' | 'session' | 'earlyRefused'}>;
