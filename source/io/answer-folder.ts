// The files of a folder that answers were collected in: those in it, and those in its folders, as learning platforms hand them out.
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {err, ok, type Result} from '../wire/result.ts';
import {type ExamFault, type ExamFile, readExam} from './exam-file.ts';
import {type FileError, readText, systemError} from './files.ts';

/** Ten times the largest class. */
export const mostFiles = 10_000;
/** A sheet of ten thousand questions. */
const fileMebibytes = 2;

const isShown = ({name}: {readonly name: string}): boolean => !name.startsWith('.');

/** By their names, from the folder on; undefined: more than are read. */
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
  // A picture, a film, a program: whatever else was handed in.
  return err(['encoding', 'large', 'kind'].includes(text.error.code) ? 'other' : 'unreadable');
};
