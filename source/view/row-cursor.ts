// The cursor on the lines of a panel, each of which *Why?* can explain.
import type {Subject} from './subject.ts';

/** The index of the selected line, counted over all tables of a panel; undefined if none is selected. */
export type RowOwn = number | undefined;

type Lined = {readonly lines: readonly {readonly subject: Subject}[]};

/** Returns what *Why?* explains about each line of a panel, table after table. */
export const subjectsIn = (tables: readonly Lined[]): readonly Subject[] =>
  tables.flatMap(({lines}) => lines.map(({subject}) => subject));

/** Returns the tables of a panel that have lines; if none has, the first table. */
export const filledOf = <Table extends Lined>(tables: readonly Table[]): readonly Table[] => {
  const filled = tables.filter(({lines}) => lines.length > 0);
  return filled.length > 0 ? filled : tables.slice(0, 1);
};

export const rowSubject = (subjects: readonly Subject[], own: RowOwn): Subject | undefined =>
  own === undefined ? undefined : subjects[Math.min(own, subjects.length - 1)];

/**
 * Returns the index of the selected line after a move by one line; undefined if it cannot move. Without a selected line, up selects the
 * last one and down the first.
 */
export const rowMoved = (
  subjects: readonly Subject[],
  own: RowOwn,
  by: 1 | -1,
): {readonly own: RowOwn} | undefined => {
  const from = own === undefined ? (by > 0 ? -1 : subjects.length) : Math.min(own, subjects.length - 1);
  return subjects[from + by] === undefined ? undefined : {own: from + by};
};
