import type { Trace } from '../sim/trace.ts';
import type { Layer } from '../wire/layer.ts';
import type { TcpSegment } from '../wire/tcp.ts';
import type { TlsPart } from './part.ts';
/** Of one record. `said`: as many of its octets came in earlier packets, and what ends in them was said there. */
export declare const recordParts: (layer: Layer, said?: number) => readonly TlsPart[];
/** As far as one segment tells. */
export declare const segmentTlsParts: (segment: TcpSegment) => readonly TlsPart[];
/** In its Trace: a record that runs over several packets is told by the one that completes it. */
export declare const tlsPartsIn: (trace: Trace, packet: number, segment: TcpSegment) => readonly TlsPart[];
