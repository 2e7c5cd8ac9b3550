// Limits the length of a query. Similar spellings are looked for in each typed word, which takes a time that grows with the square of its length.

/** The most characters (code points) of a query, enough for a pasted line of a log. */
export const mostCharacters = 300;

export const lengthOf = (typed: string): number => [...typed].length;

export const isTooLong = (typed: string): boolean => lengthOf(typed) > mostCharacters;
