// The cursor of a panel whose lines can be the subject of *Why?*.
import type {Subject} from './subject.ts';

/** The selected line, counted from 0; undefined if none is. */
export type RowOwn = number | undefined;

type Lined = {readonly lines: readonly {readonly subject: Subject}[]};

/** Returns the subjects of the lines of several tables, one after the other. */
export const subjectsIn = (tables: readonly Lined[]): readonly Subject[] =>
  tables.flatMap(({lines}) => lines.map(({subject}) => subject));

/** Returns the tables that have lines; if none has, the first one, empty. */
export const filledOf = <Table extends Lined>(tables: readonly Table[]): readonly Table[] => {
  const filled = tables.filter(({lines}) => lines.length > 0);
  return filled.length > 0 ? filled : tables.slice(0, 1);
};

export const rowSubject = (subjects: readonly Subject[], own: RowOwn): Subject | undefined =>
  own === undefined ? undefined : subjects[Math.min(own, subjects.length - 1)];

/** Moves the cursor. Without a selected line, up selects the last one and down the first. */
export const rowMoved = (
  subjects: readonly Subject[],
  own: RowOwn,
  by: 1 | -1,
): {readonly own: RowOwn} | undefined => {
  const from = own === undefined ? (by > 0 ? -1 : subjects.length) : Math.min(own, subjects.length - 1);
  return subjects[from + by] === undefined ? undefined : {own: from + by};
};
