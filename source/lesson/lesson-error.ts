// A fault in the content of a lesson: what, where, and what to do about it, in both languages.
import type {Position, Text} from './lesson.ts';

export type LessonError = {
  readonly message: Text;
  readonly remedy: Text;
  readonly file: string;
  readonly position: Position;
};
