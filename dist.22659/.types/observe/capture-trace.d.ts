import type { Trace } from '../sim/trace.ts';
import type { TlsKeys } from '../stack/tls/recorded/lock.ts';
import type { CaptureRecord } from '../wire/pcap/record.ts';
import { CaptureInspector } from './capture-inspector.ts';
import type { ObservedConnection } from './observed-connection.ts';
/** More than this is no lesson; in frames. */
export declare const MAX_FRAMES = 1000000;
/** A TCP connection by its number; UDP's conversations by theirs, negative. */
export type Conversation = number;
/** Reads bytes of the capture again, unpacked if it was gzipped. */
export type ReadBytes = (offset: number, length: number) => Uint8Array;
/** A capture: its TLS can be opened once there are secrets, and what was deduced of its connections is told. */
export type CapturedTrace = Trace & {
    withKeys(keys: TlsKeys): CapturedTrace;
    /** The packets of one conversation, numbered and timed from its first. */
    only(conversation: Conversation): CapturedTrace;
    /** In the order of their first segments; each end's address is the name of a host. */
    readonly connections: readonly ObservedConnection[];
};
/** Collects the frames of a capture while it is read. */
export declare class CaptureIndex {
    #private;
    /** What was found beside the frames; what programs say only where `contents` are wanted. */
    readonly inspector: CaptureInspector;
    constructor({ only, contents, }?: {
        readonly only?: number | undefined;
        readonly contents?: boolean;
    });
    /** Frames of the capture, whether they are taken or not. */
    get frames(): number;
    get taken(): number;
    get connectionCount(): number;
    /** False once the capture is longer than we take. */
    add(record: CaptureRecord): boolean;
    trace({ source, read }: {
        source: string;
        read: ReadBytes;
    }): CapturedTrace;
}
