import { type Piece } from '../../observe/reassembly.ts';
import type { Head } from '../../wire/http/framing.ts';
import type { Span } from '../../wire/http/grammar.ts';
import { type HttpParser } from '../../wire/http/parser.ts';
import { type TcpSegment } from '../../wire/tcp.ts';
/** An event of the trace, and its time. */
export type Stamp = {
    readonly n: number;
    readonly atUs: number;
};
export type Message = {
    readonly head: Head;
    readonly span: Span;
    /** Its first byte; the end of its header section; its last byte, absent where that never came. */
    readonly began: Stamp;
    readonly known: Stamp;
    readonly ended?: Stamp;
    /** That carry its bytes, in the order of the stream. */
    readonly packets: readonly number[];
};
export type Read = {
    readonly heads: readonly Head[];
    /** FIN, and all bytes before it. */
    readonly eof: boolean;
};
export declare class ClientStream {
    #private;
    constructor(parser: HttpParser);
    expect(method: string): void;
    see(packet: number, segment: TcpSegment, at: Stamp): Read;
    messages(): readonly Message[];
    take(piece: Piece, at: Stamp): readonly Head[];
}
