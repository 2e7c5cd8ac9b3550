// What lessons may name in `panels:`; each but the fixed parts of the screen is a file in present/panels/.
export const panelNames = [
  'ladder',
  'endpoints',
  'diagram',
  'bytes',
  'layers',
  'list',
  'graph',
  'window',
  'queues',
  'cache',
  'tree',
  'waterfall',
  'keys',
  'narration',
  'timeline',
] as const;
