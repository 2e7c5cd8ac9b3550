// The usual limit of a run in events, which is the same on every machine.

/**
 * After each 50 calls of applications in a run, every further call counts as one event more towards the run's limit, because calls of
 * programs wait for each other.
 */
export const callsPerEvent = 50;

/** How many events a run may have unless another limit is given: 75 times the longest run of the lessons, which takes seconds. */
export const usualEvents = 100_000;
