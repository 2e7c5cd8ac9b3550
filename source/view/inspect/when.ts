// A helper that returns a list of one item or none, for lists with items that may not exist.

/** Returns a list with what `make` makes of `given`; an empty list if `given` is false or undefined. */
export const when = <Given, Made>(
  given: Given | false | undefined,
  make: (given: Given) => Made,
): readonly Made[] => (given === false || given === undefined ? [] : [make(given)]);
