import type { IpAddress } from '../../wire/frame.ts';
import { type TcpSegment } from '../../wire/tcp.ts';
import type { Connection, Listener } from './connection.ts';
import type { Socket, TcpEffect, TcpEnv } from './effect.ts';
import { type Turn } from './turn.ts';
type Arrived = {
    readonly src: IpAddress;
    readonly dst: IpAddress;
    readonly segment: TcpSegment;
    readonly marked?: boolean;
};
type Ends = {
    readonly local: Socket;
    readonly remote: Socket;
};
export declare const endsOf: ({ src, dst, segment }: Arrived) => Ends;
/** A turn for the connection that the segment belongs to or makes; or effects of a host without one. */
export declare function segmentArrives(endpoint: Connection | Listener | undefined, arrived: Arrived, env: TcpEnv): Turn | readonly TcpEffect[];
/** §3.10.7.1, no TCB: everything but a reset is answered with one that the sender will find acceptable. */
export declare function closedPort({ src, dst, segment }: Arrived): readonly TcpEffect[];
/** What a SYN makes of a listener: a connection in SYN-RECEIVED whose SYN,ACK is still to be sent. */
export declare function childOf(listener: Listener, arrived: Arrived, hostEnv: TcpEnv): Connection;
export {};
