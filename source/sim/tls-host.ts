// The TLS state of a host: its connections, the tickets that it got, what it has seen; and what the log says about them.
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

/** TLS on a TCP connection. It is kept after the connection's end for display. */
export type SecureStream = {
  readonly connection: TlsConnection;
  readonly owner: Owner;
  /** The sockets at both ends; present only at a server. */
  readonly accepted?: {readonly local: Socket; readonly remote: Socket};
  /** The name under which tickets are kept; present only at a client. */
  readonly site?: string;
  /** Whether the program has been told that the stream is connected; `early` means before the end of the handshake. */
  readonly told: 'no' | 'early' | 'established';
  /** The octets that an eavesdropper has recorded, kept only if a key is going to leak. */
  readonly recorded?: {readonly sent: readonly Uint8Array[]; readonly received: readonly Uint8Array[]};
  /** The fatal alert that one end sent; absent if there was none. */
  readonly alert?: AlertName | 'unknown';
};

export type TlsHost = {
  /** Streams by TCP connection. */
  readonly connections: Table<SecureStream>;
  /** Servers by port. */
  readonly servers: Table<SecureServer>;
  /** The newest ticket of each site; it is used once (RFC 9846 §C.4). */
  readonly sessions: Table<TlsSession | TlsSession12>;
  /** ClientHellos whose early data were accepted (RFC 9846 §8.2). */
  readonly seen: Table<true>;
  /** Recorded connections that an attacker has decrypted with a leaked key. */
  readonly recovered: number;
  /** The octets of application data in the recovered connections. */
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
