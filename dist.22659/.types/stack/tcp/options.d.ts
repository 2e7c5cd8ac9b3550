import type { TcpOption, TcpSegment } from '../../wire/tcp.ts';
import type { Connection, Timestamps } from './connection.ts';
import type { TcpEnv } from './effect.ts';
import type { TcpSettings } from './settings.ts';
export declare const defaultMss: (ip: string) => number;
/** What stands on a SYN; on a SYN,ACK only what the peer's SYN offered too. */
export declare function synOptions(settings: TcpSettings, offered?: readonly TcpOption[]): readonly TcpOption[];
type Negotiated = Pick<Connection, 'mss' | 'cwnd' | 'scale' | 'sackPermitted' | keyof Timestamps>;
/** What both ends' SYNs agree on. */
export declare function negotiate(env: TcpEnv, syn: TcpSegment, peerIp: string): Negotiated;
/** A full segment without the options that all of them carry: payload and timestamps, in bytes. */
export declare const segmentBytes: ({ mss, timestampsOn }: Connection) => number;
/** What stands on every other segment that carries ACK. */
export declare const ackOptions: (tcb: Connection) => readonly TcpOption[];
/** Room that SACK blocks take from the payload (RFC 9293 §3.7.1: Eff.snd.MSS), in bytes. */
export declare const sackBytes: (tcb: Connection) => number;
export {};
