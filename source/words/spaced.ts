// Chinese sentences that are put together from pieces, of which some are Latin.

/** One space between Chinese and Latin letters or digits. */
export const spaced = (text: string): string =>
  text
    .replace(/([\u4e00-\u9fff])([A-Za-z0-9])/g, '$1 $2')
    .replace(/([A-Za-z0-9])([\u4e00-\u9fff])/g, '$1 $2');
