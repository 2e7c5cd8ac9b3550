// The cursor of a panel whose lines are things that *Why?* can be asked about.
import type {Subject} from './subject.ts';

/** The line that was gone to, from 0; undefined: none. */
export type RowOwn = number | undefined;

type Lined = {readonly lines: readonly {readonly subject: Subject}[]};

/** What the lines of several tables are about, one after the other. */
export const subjectsIn = (tables: readonly Lined[]): readonly Subject[] =>
  tables.flatMap(({lines}) => lines.map(({subject}) => subject));

/** Tables that have lines; where none has, the first one, empty. */
export const filledOf = <Table extends Lined>(tables: readonly Table[]): readonly Table[] => {
  const filled = tables.filter(({lines}) => lines.length > 0);
  return filled.length > 0 ? filled : tables.slice(0, 1);
};

export const rowSubject = (subjects: readonly Subject[], own: RowOwn): Subject | undefined =>
  own === undefined ? undefined : subjects[Math.min(own, subjects.length - 1)];

/** Up from nowhere comes to the last one, down to the first. */
export const rowMoved = (
  subjects: readonly Subject[],
  own: RowOwn,
  by: 1 | -1,
): {readonly own: RowOwn} | undefined => {
  const from = own === undefined ? (by > 0 ? -1 : subjects.length) : Math.min(own, subjects.length - 1);
  return subjects[from + by] === undefined ? undefined : {own: from + by};
};
