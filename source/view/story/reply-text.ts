// Inserts the given and the right answer to a question into the text of a misconception.

/** Returns an answer for a sentence; Chinese text is put in quotation marks, which need no space around them. */
const quoted = (text: string): string => (/[\u4e00-\u9fff]/.test(text) ? `「${text}」` : text);

/**
 * Returns the text with both answers in place of `{given}` and `{right}`. They are inserted as they are, even if they contain the name of a
 * placeholder or a replacement pattern.
 */
export const replyText = (text: string, given: string, right: string): string =>
  text.replace(/( ?)\{(given|right)\}( ?)/g, (_, before: string, place: string, after: string) => {
    const words = quoted(place === 'given' ? given : right);
    return words.startsWith('「') ? words : `${before}${words}${after}`;
  });
