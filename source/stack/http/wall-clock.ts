// The calendar in a simulation: HTTP has dates, simulated time has only microseconds since the run began.

/** Every run begins at Thu, 01 Jan 2026 00:00:00 GMT; in microseconds since 1970. */
const epochUs = 1_767_225_600_000_000;

/** Microseconds since 1970. */
export const wallUs = (nowUs: number): number => epochUs + nowUs;
