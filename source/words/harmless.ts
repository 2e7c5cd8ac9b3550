// Characters that a terminal obeys, or that reorder or hide what stands beside them, become visible marks. Who writes text from
// outside asks `written.ts`; only what measures and places characters asks here.

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
