// The usual limit of a run in events, which is the same on every machine.

/** The number of earlier calls that make a call cost one event more, because calls of programs wait for each other. */
export const callsPerEvent = 50;

/** 75 times the longest run of our lessons, which takes seconds. */
export const usualEvents = 100_000;
