// Draws the number of a learner's answers on each day as a row of bars: two days in a cell of braille dots, or one in a block.

const unicodeBars = ' ▁▂▃▄▅▆▇█';
const asciiBars = ' .:-=+*#%';
const cells = 28;

/** The bits of a braille character for its left and for its right dots, from below (Unicode 28xx). */
const leftDots = [0x40, 0x04, 0x02, 0x01];
const rightDots = [0x80, 0x20, 0x10, 0x08];
const dots = leftDots.length;

const raised = (column: readonly number[], height: number): number =>
  column.slice(0, height).reduce((sum, dot) => sum + dot, 0);

const brailleCell = (left: number, right: number): string => {
  const bits = raised(leftDots, left) + raised(rightDots, right);
  return bits === 0 ? ' ' : String.fromCodePoint(0x2800 + bits);
};

/** Returns a row of bars for the answers on each of the last days, with today at the end; `form` is `braille`, `blocks` or `ascii`. */
export const dayGraph = (days: ReadonlyMap<number, number>, today: number, form: string): string => {
  const isBraille = form === 'braille';
  const shown = isBraille ? 2 * cells : cells;
  const counts = Array.from({length: shown}, (_, n) => days.get(today - shown + 1 + n) ?? 0);
  const tallest = Math.max(1, ...counts);
  // The height of a bar is rounded up, so that a day with one answer is visible.
  const height = (count: number, most: number): number => Math.ceil((count * most) / tallest);
  if (isBraille)
    return Array.from({length: cells}, (_, n) =>
      brailleCell(height(counts[2 * n] ?? 0, dots), height(counts[2 * n + 1] ?? 0, dots)),
    ).join('');
  const bars = form === 'ascii' ? asciiBars : unicodeBars;
  return counts.map((count) => bars[height(count, bars.length - 1)]).join('');
};
