import type { Trace } from '../sim/trace.ts';
import type { StartLine } from '../wire/http/start-line.ts';
import type { HttpPart } from './part.ts';
export declare const startPart: (start: StartLine, goesOn?: boolean) => HttpPart;
/** undefined: the packet carries nothing of HTTP. `begins`: the packet with the first byte of the message. */
export declare const httpPartIn: (trace: Trace, packet: number) => {
    readonly part: HttpPart;
    readonly begins: number;
} | undefined;
