// The tracks: the groups of lessons in the curriculum.

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

export type Track = (typeof tracks)[number];
