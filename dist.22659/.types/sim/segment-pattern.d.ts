import type { Frame } from '../wire/frame.ts';
import { type TcpFlagName } from '../wire/tcp.ts';
export type SegmentConditions = {
    /** Exactly these flags are set; PSH counts neither way, because the stack sets it as it likes. */
    readonly flags?: readonly TcpFlagName[];
    readonly carries?: 'data' | 'none';
    /** Payload bytes. */
    readonly length?: number;
    readonly retransmission?: boolean;
    /** A handshake message of TLS that it shows in clear, by its name in the RFC. */
    readonly tlsMessage?: string;
};
/** `host` absent: any host makes it. */
export type SegmentPattern = SegmentConditions & {
    readonly host?: string;
};
type Sent = {
    readonly frame: Frame | undefined;
    readonly retransmission: boolean;
};
export declare const fulfilsConditions: ({ flags, carries, length, retransmission, tlsMessage }: SegmentConditions, { frame, retransmission: repeats }: Sent) => boolean;
export {};
