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
  const {length} = list;
  if (length === 0) return [one];
  if (length >= few) {
    list.push(one);
    return list;
  }
  // A loop copies so few elements several times as fast as `concat`.
  const longer = new Array<T>(length + 1);
  let at = 0;
  for (const each of list) {
    longer[at] = each;
    at += 1;
  }
  longer[at] = one;
  return longer;
};
