// Lists of which a capture has tens of thousands, nearly all of them short: an array that is pushed to keeps a dozen free places.

const few = 16;

/** What all lists share that have nothing yet: it takes nothing. */
export const emptyList: never[] = [];
Object.freeze(emptyList);

/** The list with one more, to be kept in place of the other: while they are few, it has just as many places. */
export const withOneMore = <T extends number | object>(list: T[], one: T): T[] => {
  if (list.length === 0) return [one];
  if (list.length < few) return list.concat(one);
  list.push(one);
  return list;
};
