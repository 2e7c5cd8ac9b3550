// What a host knows of TLS: its connections, the tickets that it got, what it has seen; and what the log tells of it.
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

/** TLS on a TCP connection. It stays here after the connection's end, to be looked at. */
export type SecureStream = {
  readonly connection: TlsConnection;
  readonly owner: Owner;
  /** Of a server: the sockets. */
  readonly accepted?: {readonly local: Socket; readonly remote: Socket};
  /** Of a client: under which name tickets are kept. */
  readonly site?: string;
  /** Has the program been told that it is connected? `early`: before the handshake's end. */
  readonly told: 'no' | 'early' | 'established';
  /** What an eavesdropper has of it, kept only where a key is going to leak. */
  readonly recorded?: {readonly sent: readonly Uint8Array[]; readonly received: readonly Uint8Array[]};
  /** The fatal one. */
  readonly alert?: AlertName | 'unknown';
};

export type TlsHost = {
  /** By the TCP connection. */
  readonly connections: Table<SecureStream>;
  /** By the port. */
  readonly servers: Table<SecureServer>;
  /** One ticket for each site, the newest; it is used once (RFC 9846 §C.4). */
  readonly sessions: Table<TlsSession | TlsSession12>;
  /** ClientHellos whose early data were believed (RFC 9846 §8.2). */
  readonly seen: Table<true>;
  /** Connections that somebody has read with a leaked key. */
  readonly recovered: number;
  /** Octets of programs in them. */
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

/** What comes from TCP. */
export type SecureEvent =
  | {readonly kind: 'accepted'; readonly owner: Owner; readonly local: Socket; readonly remote: Socket}
  | {readonly kind: 'open'}
  | {readonly kind: 'bytes'; readonly data: Uint8Array}
  | {readonly kind: 'eof'}
  | {readonly kind: 'gone'; readonly how: StreamEnd};

/** What a leaked key opens of a recorded connection: the programs' data, or nothing. */
type Leak =
  | {readonly kind: 'recovered'; readonly client: Uint8Array; readonly server: Uint8Array}
  | {readonly kind: 'unrecovered'; readonly why: RecoveryFault};

export type TlsTold =
  | Leak
  | TlsNote
  | Extract<TlsEffect, {kind: 'established' | 'alert' | 'closed' | 'secret' | 'session' | 'earlyRefused'}>;
