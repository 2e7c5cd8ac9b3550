import type { ClientHelloExtension } from '../../../wire/tls/hello.ts';
import type { TlsClientSettings, TlsSession12 } from '../settings.ts';
import type { ClientTurn } from '../turn.ts';
/** Suites of versions that are not offered are left out. */
export declare const suitesOffered: (settings: TlsClientSettings) => readonly number[];
/** RFC 8422 §4: who offers no agreement on elliptic curves names none. */
export declare const offersGroups: (settings: TlsClientSettings) => boolean;
/** The ticket of TLS 1.2 that may be shown again (RFC 5077 §3.4); a lifetime of 0 leaves it to the client. */
export declare const offered12: ({ settings, env }: ClientTurn) => TlsSession12 | undefined;
export declare const extensions12: (turn: ClientTurn) => readonly ClientHelloExtension[];
