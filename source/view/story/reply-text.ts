// Fills the answers of a question into the text of a misconception.

/** Returns a text; Chinese text is put in quotation marks, which need no space around them. */
const quoted = (text: string): string => (/[\u4e00-\u9fff]/.test(text) ? `「${text}」` : text);

/**
 * Returns the text with both answers. They are inserted as they are, even if they contain the name of a placeholder or a replacement
 * pattern.
 */
export const replyText = (text: string, given: string, right: string): string =>
  text.replace(/( ?)\{(given|right)\}( ?)/g, (_, before: string, place: string, after: string) => {
    const words = quoted(place === 'given' ? given : right);
    return words.startsWith('「') ? words : `${before}${words}${after}`;
  });
