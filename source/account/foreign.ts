// A type for text from outside the program that a packet carries: a name, a target, a phrase. Each output turns it into characters in one
// place.

type Held = {readonly outside: string};

/**
 * An object with text from outside. Its type is also a symbol, so that the compiler rejects it in templates, in sums and wherever a string
 * is expected.
 */
export type Foreign = Held & symbol;

export const foreign = (outside: string): Foreign => ({outside}) as Foreign;

/** Returns the characters of text from outside, for code that writes them for an output. */
export const charactersOf = ({outside}: Foreign): string => outside;
