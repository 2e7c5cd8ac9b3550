// Lists of which a capture needs tens of thousands, nearly all of them short. They don't grow by `push`, because such an array keeps a
// dozen free places.

const few = 16;

/** The empty list, which all lists without elements share so that they take no memory. */
export const emptyList: never[] = [];
Object.freeze(emptyList);

/**
 * Returns the list with one more element; the caller keeps the result in place of the old list. While there are few elements, the array has
 * no free places.
 */
export const withOneMore = <T extends number | object>(list: T[], one: T): T[] => {
  if (list.length === 0) return [one];
  if (list.length < few) return list.concat(one);
  list.push(one);
  return list;
};
