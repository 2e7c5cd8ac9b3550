import { type Result } from '../../wire/result.ts';
import type { ZonePlace, ZoneProblem } from './zone-problem.ts';
/** `text` without its quotes. */
export type ZoneWord = ZonePlace & {
    readonly text: string;
    readonly quoted: boolean;
};
/** `blank`: it began with a blank, so its first word is not the owner. `end`: behind its last word. */
export type ZoneEntry = {
    readonly words: readonly [ZoneWord, ...ZoneWord[]];
    readonly blank: boolean;
    readonly end: ZonePlace;
};
export declare const zoneEntries: (text: string) => Result<readonly ZoneEntry[], readonly ZoneProblem[]>;
