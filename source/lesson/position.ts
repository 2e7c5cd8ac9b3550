// The type of a line and column in a lesson file.

/** A place in the lesson file; lines and columns are counted from 1. */
export type Position = {readonly line: number; readonly column: number};
