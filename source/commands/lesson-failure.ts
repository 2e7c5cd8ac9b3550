// A fault in a lesson's content as the two-line error of the command line.
import type {LessonError} from '../lesson/lesson-error.ts';
import type {Failure} from './command.ts';

/** A lesson that cannot be used has at least one fault; the first in the file is the one to begin with. */
export const firstFailure = (errors: readonly LessonError[]): Failure => {
  const [first] = errors;
  if (first === undefined) throw new Error('a lesson was refused without a reason');
  return lessonFailure(first);
};

/** The place names the file without its folders: the whole path stands in the first words. */
export const lessonFailure = ({message, remedy, file, position}: LessonError): Failure => ({
  what: {en: `${file}: ${message.en}`, zh: `${file}：${message.zh}`},
  remedy,
  place: `${file.replace(/^.*[\\/]/, '')}:${position.line}:${position.column}`,
  exit: 1,
});
