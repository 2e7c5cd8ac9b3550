import * as z from 'zod/mini';
import type { Field } from '../../wire/http/fields.ts';
import type { Path } from '../problems.ts';
import type { Place } from '../vocabulary.ts';
export declare const url: z.ZodMiniString<string>;
export declare const method: z.ZodMiniString<string>;
/** YAML reads 1.0 as the number 1. */
export declare const version: z.ZodMiniUnion<readonly [z.ZodMiniLiteral<1>, z.ZodMiniLiteral<1.1>, z.ZodMiniEnum<{
    "1.0": "1.0";
    1.1: "1.1";
}>]>;
export declare const body: z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>;
export declare const contentBytes: z.ZodMiniInt;
export declare const cookieValue: z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>;
export declare const chunkSize: z.ZodMiniUnion<readonly [z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>]>;
/** Of a Content-Length that promises more than there is. */
export declare const isContentLength: (length: number) => boolean;
/** A token (RFC 9110 §5.6.2), as a cookie’s name is one, too. */
export declare const fieldName: z.ZodMiniString<string>;
/** Several values: a line for each. */
export declare const headers: z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniNumber<number>, z.ZodMiniArray<z.ZodMiniString<string>>]>>;
/** Null: without this field, which the client would send of itself. */
export declare const requestHeaders: z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniUnion<readonly [z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniNumber<number>, z.ZodMiniArray<z.ZodMiniString<string>>]>, z.ZodMiniNull]>>;
type Headers = z.infer<typeof headers>;
/** Those that a message may have; the others have been reported. */
export declare const readHeaders: (given: Headers, path: Path, { problems }: Place) => readonly Field[];
/** A number, or text that is a size, stands for so many octets. */
export declare const readBody: (given: string | number) => string | {
    readonly bytes: number;
};
/** false: it cannot be asked for, which has been reported. */
export declare const checkUrl: (given: string, path: Path, place: Place) => boolean;
export {};
