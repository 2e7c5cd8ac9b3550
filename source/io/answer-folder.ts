// Lists and reads the answer files that learners handed in: those in a folder and those in its subfolders, because learning platforms put
// each hand-in into a folder of its own.
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {err, ok, type Result} from '../wire/result.ts';
import {type ExamFault, type ExamFile, readExam} from './exam-file.ts';
import {type FileError, readText, systemError} from './files.ts';

/** The largest number of files that are read from an answer folder: ten times the largest class. */
export const mostFiles = 10_000;
/** The largest size of an answer file in MiB, which is enough for a sheet of ten thousand questions. */
const fileMebibytes = 2;

const isShown = ({name}: {readonly name: string}): boolean => !name.startsWith('.');

/**
 * Returns the paths of the answer files in a folder and its subfolders, relative to the folder and in order of names; undefined if there
 * are more than `mostFiles`.
 */
export const answerFiles = (folder: string): Result<readonly string[] | undefined, FileError> => {
  const entriesIn = (path: string) =>
    readdirSync(path, {withFileTypes: true})
      .filter(isShown)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  try {
    const files: string[] = [];
    for (const entry of entriesIn(folder)) {
      const inside = entry.isDirectory() ? entriesIn(join(folder, entry.name)) : undefined;
      if (inside === undefined) files.push(entry.name);
      else for (const each of inside) if (!each.isDirectory()) files.push(join(entry.name, each.name));
      if (files.length > mostFiles) return ok(undefined);
    }
    return ok(files);
  } catch (problem) {
    return err(systemError(problem));
  }
};

export const readAnswerFile = (file: string): Result<ExamFile, ExamFault | 'unreadable'> => {
  const text = readText(file, fileMebibytes);
  if (text.ok) return readExam(text.value);
  // A file that is not UTF-8 text, too large or not an ordinary file is not an answer file; it may be a picture that the learner handed in.
  return err(['encoding', 'large', 'kind'].includes(text.error.code) ? 'other' : 'unreadable');
};
