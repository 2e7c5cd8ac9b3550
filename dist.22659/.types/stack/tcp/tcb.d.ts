import { type Seq } from '../../wire/seq.ts';
import { type Connection } from './connection.ts';
import type { ReadMode, Socket } from './effect.ts';
import type { TcpSettings } from './settings.ts';
type Beginning = {
    readonly origin: 'active' | 'passive';
    readonly local: Socket;
    readonly remote: Socket;
    readonly iss: Seq;
    readonly read: ReadMode;
};
/** SND.UNA = ISS, SND.NXT = ISS+1; the SYN is still to be sent. */
export declare function newTcb({ origin, local, remote, iss, read }: Beginning, settings: TcpSettings): Connection;
export {};
