// What there may be to tell.

/** Returns what is made of what is there, or nothing. */
export const when = <Given, Made>(
  given: Given | false | undefined,
  make: (given: Given) => Made,
): readonly Made[] => (given === false || given === undefined ? [] : [make(given)]);
