// Text from outside (files, names, payload) made harmless for a terminal: controls become visible marks.

// C0, DEL, C1, and the characters that reorder or hide text.
const dangerous =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** C0 controls as their pictures (␀ …), the rest as `·`; the width on the screen stays one column each. */
export const harmless = (text: string): string =>
  text.replace(dangerous, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : '·';
  });

/** JSON has its own way to write such a character: whoever reads the file gets it, whoever prints the file does not. */
export const harmlessJson = (json: string): string =>
  json.replace(dangerous, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
