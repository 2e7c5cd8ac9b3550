import { type TcpSegment } from '../../wire/tcp.ts';
import type { Connection, Listener, Tcp } from './connection.ts';
import type { TcpSettings } from './settings.ts';
export type Admission = 'queue' | 'cookie' | 'recycle' | 'syn-queue-full' | 'accept-queue-full';
/** What becomes of a SYN. */
export declare function admission(listener: Listener, settings: TcpSettings): Admission;
/** Of a listener with that backlog. */
export declare const halfOpenLimit: (backlog: number, { synQueue, synCache }: TcpSettings) => number;
/** Would this segment complete a handshake for which the accept queue has no room? */
export declare function overflows(listener: Listener | undefined, tcb: Connection, segment: TcpSegment): boolean;
/** The listener's children in SYN-RECEIVED, in the order of their SYNs. */
export declare const halfOpenChildren: ({ connections }: Tcp, listener: Listener) => readonly Connection[];
export declare const oldestHalfOpen: ({ connections }: Tcp, listener: Listener) => Connection | undefined;
/** The queues after one of the listener's children has changed; `after` is undefined if it is gone. */
export declare function recount(listener: Listener, before: Connection | undefined, after: Connection | undefined): Listener;
