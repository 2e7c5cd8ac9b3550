// Signs that stand alone wherever they stand, and their columns: Latin letters and the signs of our screens one column, Chinese characters,
// their marks and full-width forms two. None of them joins its neighbour, so that nothing has to be looked up: what finds emoji takes a
// third of a start to compile. Bundled packages count by it, too (scripts/package-changes.mjs).

const narrowSigns = [
  '\\u0020-\\u007e\\u00a7\\u00b1-\\u017f\\u03b1-\\u03c9\\u2010-\\u2027\\u2030-\\u203a\\u2070-\\u2079\\u2150-\\u215e',
  '\\u2190-\\u22ff\\u2400-\\u2426\\u2500-\\u25fc\\u2713\\u2717\\u2800-\\u28ff',
].join('');
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
