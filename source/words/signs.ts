// Signs of a text, for whoever measures and places them; who writes text from outside asks `written.ts`. Bundled packages count by it, too
// (scripts/package-changes.mjs).

// Signs that stand alone wherever they stand, and their columns: Latin letters and the signs of our screens one column, Chinese characters,
// their marks and full-width forms two. None of them joins its neighbour, so that nothing has to be looked up: what finds emoji takes a
// third of a start to compile.
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

// Characters that a terminal obeys, or that reorder or hide what stands beside them, become visible marks.

// Controls, half characters, line ends, what reorders and what is not seen; the look of an emoji may be chosen.
const dangerous =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb](?<!\p{Emoji}[\ufe0e\ufe0f])/gu;

/** Nearly all text: classes of Unicode cost ten times as much to look through. */
const printable = /^[ -~]*$/;

/** C0 controls as their pictures (␀ …), the rest as `·`: one column each. */
export const harmless = (text: string): string =>
  printable.test(text)
    ? text
    : text.replace(dangerous, (character) => {
        const code = character.charCodeAt(0);
        if (code < 0x20) return String.fromCharCode(0x2400 + code);
        return code === 0x7f ? '\u2421' : '·';
      });

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON has its own way to write such a character: whoever reads the file gets it, whoever prints the file does not. */
export const harmlessJson = (json: string): string =>
  printable.test(json)
    ? json
    : json.replace(dangerous, (character) => character.split('').map(escaped).join(''));
