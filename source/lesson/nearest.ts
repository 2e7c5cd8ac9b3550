// Finds the known word nearest to a mistyped one, for remedies.

/** Returns how many edits (insert, delete, replace, swap of neighbours) turn `a` into `b`. */
const distance = (a: string, b: string): number => {
  let before: number[] = [];
  let row = Array.from({length: b.length + 1}, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      }
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
};

/** Returns the known word that needs the fewest edits from a mistyped one; undefined if even that is too different to be meant. */
export const nearest = (given: string, known: readonly string[]): string | undefined => {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(given.length / 3)) + 1;
  for (const word of known) {
    const edits = distance(given.toLowerCase(), word.toLowerCase());
    if (edits < least) {
      least = edits;
      best = word;
    }
  }
  return best;
};
