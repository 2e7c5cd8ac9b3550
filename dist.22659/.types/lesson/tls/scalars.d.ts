import * as z from 'zod/mini';
import type { Place } from '../vocabulary.ts';
/** YAML reads 1.3 as a number. */
export declare const version: z.ZodMiniUnion<readonly [z.ZodMiniLiteral<1.2>, z.ZodMiniLiteral<1.3>, z.ZodMiniEnum<{
    1.2: "1.2";
    1.3: "1.3";
}>]>;
export declare const word: z.ZodMiniString<string>;
export declare const readVersions: (given: readonly z.infer<typeof version>[]) => readonly number[];
export declare const readSuites: (given: readonly string[], place: Place) => readonly number[];
export declare const readGroups: (given: readonly string[], key: 'groups' | 'shares', place: Place) => readonly number[];
