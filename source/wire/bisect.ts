// Bisection: where in a row something begins to hold.

/** The first index in `0 … length` at which `reached` holds; it must hold for all later ones. */
export const bisect = (length: number, reached: (index: number) => boolean): number => {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};
