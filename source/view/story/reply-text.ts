// The text of a misconception with the answers of this question in it.

/** Chinese words that were chosen stand in quotation marks, which need no space around them. */
const quoted = (text: string): string => (/[\u4e00-\u9fff]/.test(text) ? `「${text}」` : text);

/** An answer that holds the name of a place, or what a replacement would read as one, stays as it was given. */
export const replyText = (text: string, given: string, right: string): string =>
  text.replace(/( ?)\{(given|right)\}( ?)/g, (_, before: string, place: string, after: string) => {
    const words = quoted(place === 'given' ? given : right);
    return words.startsWith('「') ? words : `${before}${words}${after}`;
  });
