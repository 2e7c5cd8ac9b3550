import { type Connection } from './connection.ts';
import type { TcpSettings } from './settings.ts';
export type Piece = {
    readonly lengthBytes: number;
    readonly fin: boolean;
};
export declare const maySend: (tcb: Connection) => boolean;
export declare const unsentBytes: (tcb: Connection) => number;
/** The usable window: what the peer's window has room for beyond SND.NXT; negative where it has shrunk. */
export declare const usableWindow: ({ snd }: Connection) => number;
/** The next piece, if it may leave; `override`: the window is too small for it to be worth while, but time has run out. */
export declare function nextPiece(tcb: Connection, settings: TcpSettings, { override }?: {
    override?: boolean | undefined;
}): Piece | undefined;
/** Does cwnd allow so many bytes more? With nothing on its way, one segment always may leave. */
export declare function networkHolds(tcb: Connection, lengthBytes: number, settings: TcpSettings): boolean;
