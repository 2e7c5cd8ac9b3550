// The text of a misconception with the answers of this question in it.

/** Chinese words that were chosen stand in quotation marks, which need no space around them. */
const quoted = (text: string): string => (/[\u4e00-\u9fff]/.test(text) ? `「${text}」` : text);

export const replyText = (text: string, given: string, right: string): string =>
  text
    .replaceAll('{given}', quoted(given))
    .replaceAll('{right}', quoted(right))
    .replaceAll(' 「', '「')
    .replaceAll('」 ', '」');
