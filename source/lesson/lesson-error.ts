// An error in the content of a lesson: what is wrong, where, and what to do about it, in every language of the program.
import type {Position} from './position.ts';
import type {Problem} from './problem.ts';

export type LessonError = Problem & {
  readonly file: string;
  readonly position: Position;
};

export const byPosition = ({position: a}: LessonError, {position: b}: LessonError): number =>
  a.line - b.line || a.column - b.column;
