// Measures the columns of a text's characters, for code that places text on the screen; `written.ts` makes text from outside safe.
// scripts/package-changes.mjs uses it, too.

// Characters that never combine with others, and take one column (Latin letters, signs of the screens) or two (Chinese). They need no
// search for emoji, whose regular expression takes a third of a start to compile.
const narrowSigns = [
  '\\u0020-\\u007e\\u00a7\\u00b1-\\u017f\\u03b1-\\u03c9\\u2010-\\u2027\\u2030-\\u203a\\u2070-\\u2079\\u2150-\\u215e',
  '\\u2190-\\u22ff\\u2400-\\u2426\\u2500-\\u25fc\\u2713\\u2717\\u2800-\\u28ff',
].join('');
const wideSigns = '\\u3001-\\u3029\\u4e00-\\u9fff\\uff01-\\uff60';

const narrow = new RegExp(`^[${narrowSigns}]*$`);
const plain = new RegExp(`^[${narrowSigns}${wideSigns}]*$`);

/** Tells whether a text has only characters of known width that never combine with others. */
export const isPlain = (text: string): boolean => plain.test(text);

/** Returns the width of a text in columns; undefined if it has other characters than those of known width. */
export const plainColumns = (text: string): number | undefined => {
  if (narrow.test(text)) return text.length;
  if (!plain.test(text)) return undefined;
  let width = text.length;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x3000) width++;
  return width;
};

// Replaces characters that control a terminal, or that reorder or hide their neighbours, by visible marks.

// Characters that must not be printed: controls, lone surrogates, line separators, and those that reorder text or are invisible, except the
// variation selector of an emoji.
const dangerous =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb](?<!\p{Emoji}[\ufe0e\ufe0f])/gu;

/** A text of printable ASCII only, as nearly all texts are. This check is ten times as fast as the search for classes of Unicode. */
const printable = /^[ -~]*$/;

/** Replaces characters that must not be printed: C0 controls by their pictures (`␀` …), others by `·`, each of one column. */
export const harmless = (text: string): string =>
  printable.test(text)
    ? text
    : text.replace(dangerous, (character) => {
        const code = character.charCodeAt(0);
        if (code < 0x20) return String.fromCharCode(0x2400 + code);
        return code === 0x7f ? '\u2421' : '·';
      });

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Escapes characters that must not be printed as `\u…` in JSON: a program that parses the JSON gets them, a terminal does not. */
export const harmlessJson = (json: string): string =>
  printable.test(json)
    ? json
    : json.replace(dangerous, (character) => character.split('').map(escaped).join(''));
