// Builds a list with an item that may not exist.

/** Returns a list of what `make` makes of `given`, empty if there is nothing given. */
export const when = <Given, Made>(
  given: Given | false | undefined,
  make: (given: Given) => Made,
): readonly Made[] => (given === false || given === undefined ? [] : [make(given)]);
