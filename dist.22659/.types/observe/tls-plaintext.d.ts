import type { Trace } from '../sim/trace.ts';
import type { Carried, Connection, Side, Streams, Told } from './connections.ts';
import { type TlsSession } from './tls-sessions.ts';
export type Plaintext = {
    readonly connection: Connection;
    /** The same place in the bytes of the program. */
    readonly placeOf: (carried: Carried) => Carried;
    /** Where in TCP's stream the ciphertext of an octet stands. */
    readonly offsetOf: (side: Side, octet: number) => number;
};
/** What the programs of a captured session said, as far as it could be opened; undefined: nothing of it. */
export declare const programBytesOf: (session: TlsSession<Streams>) => readonly Told[] | undefined;
/** undefined: no program's bytes could be opened. */
export declare const plaintextOf: (trace: Trace, session: TlsSession) => Plaintext | undefined;
