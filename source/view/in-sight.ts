// Which part of a list is on the screen.

/** The first of `count` rows that is shown where `room` rows fit: the marked one is in sight, and no room is left empty that could be filled. */
export const firstInSight = (marked: number, count: number, room: number): number =>
  Math.max(0, Math.min(marked - Math.floor(room / 2), count - room));
