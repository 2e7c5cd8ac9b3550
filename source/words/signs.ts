// Measures the signs of a text for code that places them; code that writes text from outside uses `written.ts`. The columns of bundled
// packages are measured with it, too (scripts/package-changes.mjs).

// Signs that never combine with others, and their columns: Latin letters and the signs of the screens take one, Chinese characters, their
// punctuation and full-width forms two. For these nothing has to be looked up, because compiling what finds emoji takes a third of a start.
const narrowSigns = [
  '\\u0020-\\u007e\\u00a7\\u00b1-\\u017f\\u03b1-\\u03c9\\u2010-\\u2027\\u2030-\\u203a\\u2070-\\u2079\\u2150-\\u215e',
  '\\u2190-\\u22ff\\u2400-\\u2426\\u2500-\\u25fc\\u2713\\u2717\\u2800-\\u28ff',
].join('');
const wideSigns = '\\u3001-\\u3029\\u4e00-\\u9fff\\uff01-\\uff60';

const narrow = new RegExp(`^[${narrowSigns}]*$`);
const plain = new RegExp(`^[${narrowSigns}${wideSigns}]*$`);

/** Tells whether no sign of a text combines with others. */
export const isPlain = (text: string): boolean => plain.test(text);

/** Returns the columns of a text; undefined if some of its signs may combine. */
export const plainColumns = (text: string): number | undefined => {
  if (narrow.test(text)) return text.length;
  if (!plain.test(text)) return undefined;
  let width = text.length;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x3000) width++;
  return width;
};

// Characters that control a terminal, or that reorder or hide their neighbors, become visible marks.

// Controls, lone surrogates, line ends, and characters that reorder text or are invisible; the variation selector of an emoji is allowed.
const dangerous =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb](?<!\p{Emoji}[\ufe0e\ufe0f])/gu;

/** Printable ASCII, which nearly all text is. Searching for classes of Unicode would take ten times as long. */
const printable = /^[ -~]*$/;

/** Replaces C0 controls by their pictures (␀ …), and the other characters by `·`, each in one column. */
export const harmless = (text: string): string =>
  printable.test(text)
    ? text
    : text.replace(dangerous, (character) => {
        const code = character.charCodeAt(0);
        if (code < 0x20) return String.fromCharCode(0x2400 + code);
        return code === 0x7f ? '\u2421' : '·';
      });

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Escapes such characters in JSON: a program that parses the file gets them, a terminal that prints it does not. */
export const harmlessJson = (json: string): string =>
  printable.test(json)
    ? json
    : json.replace(dangerous, (character) => character.split('').map(escaped).join(''));
