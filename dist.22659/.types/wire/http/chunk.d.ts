import { type Result } from '../result.ts';
import { type HttpError } from './http-error.ts';
import type { Line } from './start-line.ts';
/** `value` is unquoted; undefined where the name stands alone. */
export type ChunkExtension = {
    readonly name: string;
    readonly value?: string;
};
export type ChunkLine = {
    readonly size: number;
    readonly extensions: readonly ChunkExtension[];
};
export declare const readChunkLine: ({ text, span }: Line) => Result<ChunkLine, HttpError>;
