// What a run may cost unless its scenario says otherwise, in events: the same on every machine.

/** 75 times the longest run of a lesson of ours; reached within seconds. */
export const usualEvents = 100_000;
