type Leaf = {
    readonly key: number;
    readonly count: number;
};
type Branch = {
    readonly zero: Tally | undefined;
    readonly one: Tally | undefined;
};
export type Tally = Leaf | Branch;
export declare const tallyOf: (tally: Tally | undefined, key: number) => number;
export declare const tallyAdd: (tally: Tally | undefined, key: number, depth?: number) => Tally;
export {};
