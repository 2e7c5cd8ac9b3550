import type { HttpError } from '../../wire/http/http-error.ts';
import { type HttpParser } from '../../wire/http/parser.ts';
import type { HttpPart } from '../../wire/http/part.ts';
export type InPart = Exclude<HttpPart, {
    kind: 'content';
}> | {
    readonly kind: 'bytes';
    readonly bytes: Uint8Array;
};
export type Read = {
    readonly parser: HttpParser;
    readonly parts: readonly InPart[];
    readonly error?: HttpError;
};
/** What a parser holds back is a line without its end, so content always lies in the bytes that have just come. */
export declare const readBytes: (before: HttpParser, bytes: Uint8Array) => Read;
export declare const joinBytes: (pieces: readonly Uint8Array[]) => Uint8Array;
