import type { Connection } from './connection.ts';
import type { TcpSettings } from './settings.ts';
/** ssthresh at the start: "arbitrarily high" (RFC 5681 §3.1). */
export declare const HIGH_THRESHOLD = 2147483647;
/** FlightSize: sent and not yet cumulatively acknowledged. */
export declare const flightSize: ({ snd }: Pick<Connection, 'snd'>) => number;
/** IW (RFC 5681 §3.1, RFC 6928 §2). */
export declare function initialCwnd(mss: number, { initialWindow }: TcpSettings): number;
/** Half of what is in flight, but two segments at least (RFC 5681 §3.1, equation 4). */
export declare const halved: (flightBytes: number, mss: number) => number;
type Growth = Pick<Connection, 'cwnd' | 'cwndCredit'>;
/**
 * An ACK of `ackedBytes` new bytes arrives, `before` being the connection when it did. The window grows only while it is what
 * holds the sender back: one that is not filled says nothing about the path.
 */
export declare function grow(before: Connection, ackedBytes: number, settings: TcpSettings): Growth;
/** What is left of cwnd when SEND comes after a silence of more than one RTO. */
export declare function cwndAfterIdle(tcb: Connection, nowUs: number, settings: TcpSettings): number;
export {};
