import type { Host } from '../../sim/world.ts';
import type { Connection } from '../../stack/tcp/connection.ts';
import type { Value } from '../value.ts';
/** Of a connection; undefined: it has no such value yet. */
export declare const connectionProperties: {
    state: ({ state }: Connection) => {
        kind: "text";
        value: "CLOSE-WAIT" | "CLOSING" | "ESTABLISHED" | "FIN-WAIT-1" | "FIN-WAIT-2" | "LAST-ACK" | "SYN-RECEIVED" | "SYN-SENT" | "TIME-WAIT";
    };
    iss: ({ iss }: Connection) => Value;
    irs: (tcb: Connection) => Value | undefined;
    'snd.una': ({ snd }: Connection) => Value;
    'snd.nxt': ({ snd }: Connection) => Value;
    'snd.wnd': ({ snd }: Connection) => Value;
    'rcv.nxt': (tcb: Connection) => Value | undefined;
    'rcv.wnd': ({ rcv }: Connection) => Value;
    rto: ({ rtoUs }: Connection) => Value | undefined;
    srtt: ({ srttUs }: Connection) => Value | undefined;
    rttvar: ({ rttvarUs }: Connection) => Value | undefined;
    cwnd: ({ cwnd }: Connection) => Value;
    ssthresh: ({ ssthresh }: Connection) => Value;
    flightSize: ({ snd }: Connection) => Value;
    mss: ({ mss }: Connection) => Value;
};
/** Of the host as a whole, whichever connection is meant. */
export declare const hostPropertiesOfTcp: {
    /** Connections that a listener holds in SYN-RECEIVED. */
    'queue.syn': ({ tcp }: Host) => Value;
    /** Complete connections that no program has accepted. */
    'queue.accept': ({ tcp }: Host) => Value;
    /** Connection records, listeners not counted. */
    connections: ({ tcp }: Host) => Value;
};
