// Tells which part of a list is on the screen.

/** Returns the first shown of `count` rows if `room` rows fit: the marked row is visible, and no row stays empty that could be filled. */
export const firstInSight = (marked: number, count: number, room: number): number =>
  Math.max(0, Math.min(marked - Math.floor(room / 2), count - room));
