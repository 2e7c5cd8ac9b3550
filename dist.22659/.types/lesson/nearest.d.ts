/** The known word that needs the fewest edits; undefined if all are too far to be what was meant. */
export declare const nearest: (given: string, known: readonly string[]) => string | undefined;
