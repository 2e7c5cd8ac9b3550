// The calendar of a simulation: HTTP uses dates, while simulated time only counts microseconds since the run began.

/** The beginning of every run, Thu, 01 Jan 2026 00:00:00 GMT, in microseconds since 1970. */
const epochUs = 1_767_225_600_000_000;

/** Returns the date at a simulated time, in microseconds since 1970. */
export const wallUs = (nowUs: number): number => epochUs + nowUs;
