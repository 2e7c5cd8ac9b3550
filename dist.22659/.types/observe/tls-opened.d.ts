import type { KeyLog, KeyLogLabel } from '../wire/tls/key-log.ts';
import type { TlsSession } from './tls-sessions.ts';
export type OpenedBy = {
    readonly label: KeyLogLabel;
    /** undefined: the log has several for this ClientHello, which was answered more than once. */
    readonly secret: Uint8Array | undefined;
    /** Of each record the packet that completes it, in their order. */
    readonly frames: readonly number[];
};
/** In the order in which the secrets were first needed; `until`: the last event that counts. */
export declare const openedBy: (session: TlsSession, log: KeyLog, until: number) => readonly OpenedBy[];
