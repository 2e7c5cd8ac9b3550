import type { Text } from '../lesson/text.ts';
import type { Relation } from '../sim/compare-packets.ts';
import type { Fault } from '../sim/fault.ts';
export type CompareFact = {
    readonly name: string;
    readonly left: string;
    readonly right: string;
    readonly relation: Relation;
    /** `1.000 s later`, `2 more`. */
    readonly remark: string;
};
/** What was done, as a command: “drop packet 3”. */
export declare const faultTitle: (fault: Fault) => Text;
/** What stands above a ladder, and at the right of the title. */
export type CompareSide = {
    readonly title: Text;
    readonly change: Text;
};
/** What came of all of them: “packet 3 lost, packet 5 twice”. */
export declare const outcomesOf: (faults: readonly Fault[]) => Text;
/** Of two runs with these faults: those that their forks add. */
export declare const sidesOf: (left: readonly Fault[], right: readonly Fault[]) => readonly [CompareSide, CompareSide];
