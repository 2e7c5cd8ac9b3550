// Signs that stand alone wherever they stand, and their columns: printable ASCII and the signs of our screens one column, Chinese characters,
// their marks and full-width forms two. None of them joins its neighbour, so that nothing has to be looked up. Bundled packages
// count by it, too (scripts/package-changes.mjs).

const narrowSigns =
  '\\u0020-\\u007e\\u00a7\\u00b1-\\u00bf\\u00d7\\u2010-\\u201f\\u2026\\u2190-\\u22ff\\u2500-\\u25fc\\u2713\\u2717';
const wideSigns = '\\u3001-\\u3029\\u4e00-\\u9fff\\uff01-\\uff60';

const narrow = new RegExp(`^[${narrowSigns}]*$`);
const plain = new RegExp(`^[${narrowSigns}${wideSigns}]*$`);

/** Whether each sign of it stands alone. */
export const isPlain = (text: string): boolean => plain.test(text);

/** undefined: not all of its signs are known to stand alone. */
export const plainColumns = (text: string): number | undefined => {
  if (narrow.test(text)) return text.length;
  if (!plain.test(text)) return undefined;
  let width = text.length;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x3000) width++;
  return width;
};
