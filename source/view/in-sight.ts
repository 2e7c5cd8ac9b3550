// Chooses which part of a long list is on the screen.

/**
 * Returns the index of the first row to show of a list of `count` rows, of which `room` fit. The row `marked` is visible, and no room stays
 * empty while there are rows for it.
 */
export const firstInSight = (marked: number, count: number, room: number): number =>
  Math.max(0, Math.min(marked - Math.floor(room / 2), count - room));
