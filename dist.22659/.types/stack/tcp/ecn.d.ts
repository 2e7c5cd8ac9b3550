import { type TcpSegment } from '../../wire/tcp.ts';
import type { CongestionMarks, Connection } from './connection.ts';
import type { TcpSettings } from './settings.ts';
/** The flags that ask for ECN on a SYN; a SYN,ACK agrees with ECE alone. */
export declare const ECN_FLAGS: number;
/** Does the peer's SYN ask, or its SYN,ACK agree, and does this end want to? */
export declare function ecnAgreed({ ecn }: TcpSettings, segment: TcpSegment): boolean;
export declare const noMarks: CongestionMarks;
/** Flags that ECN adds to a segment of data or a pure ACK. */
export declare const markFlags: ({ ecnOn, marks }: Connection, flags: number) => number;
