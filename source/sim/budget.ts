// What a run may cost unless its scenario says otherwise, in events: the same on every machine.

/** Calls of programs wait for each other: each costs one event more for so many that were made before it. */
export const callsPerEvent = 50;

/** 75 times the longest run of a lesson of ours; reached within seconds. */
export const usualEvents = 100_000;
