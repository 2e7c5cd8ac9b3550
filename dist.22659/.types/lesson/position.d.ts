/** Where a thing stands in the lesson file; lines and columns from 1. */
export type Position = {
    readonly line: number;
    readonly column: number;
};
