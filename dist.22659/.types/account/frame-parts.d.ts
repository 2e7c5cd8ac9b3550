import type { Frame } from '../wire/frame.ts';
import { type TcpSegment } from '../wire/tcp.ts';
import type { Part, TlsPart } from './part.ts';
/** A segment is told by its numbers, and by the TLS that begins in it. */
export declare const segmentParts: (segment: TcpSegment, tls?: readonly TlsPart[]) => readonly Part[];
export declare const frameParts: ({ payload }: Frame) => readonly Part[];
