// The tracks: the groups of lessons in the curriculum; the track of challenges, which is none of the curriculum; and the sorts of challenges.

export const tracks = [
  'foundations',
  'tcp-open',
  'tcp-data',
  'tcp-close',
  'dns',
  'http',
  'https',
  'whole-story',
] as const;

/** The track of lesson files that are challenges and nothing else. Lists of lessons, the quiz and the progress leave it out. */
export const challengeTrack = 'challenges';

export type Track = (typeof tracks)[number] | typeof challengeTrack;

/** The sorts of challenges: `make` something happen, `mend` what fails, find what has the least or most `cost`. */
export const sorts = ['make', 'mend', 'cost'] as const;
export type Sort = (typeof sorts)[number];
