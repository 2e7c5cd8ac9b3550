// Chooses which part of a long list is on the screen.

/**
 * Returns the index of the first of `count` rows to show if `room` rows fit: the marked row is visible, and no room stays empty that a row
 * could fill.
 */
export const firstInSight = (marked: number, count: number, room: number): number =>
  Math.max(0, Math.min(marked - Math.floor(room / 2), count - room));
