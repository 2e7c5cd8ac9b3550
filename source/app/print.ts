// Prints lines to the terminal or a pipe: results to standard output, errors and warnings to standard error.
import {once} from 'node:events';
import {fstatSync} from 'node:fs';
import process from 'node:process';
import {writeAll} from '../io/file-writing.ts';
import {codeOf, kindOf} from '../io/files.ts';
import type {Language} from '../lesson/text.ts';
import {cannotWriteOutput} from '../words/file-errors.ts';
import type {Problem} from '../words/problem.ts';
import {json, terminal, type Written} from '../words/written.ts';
import type {Failure} from './command.ts';

const standardOutput = 1;

/**
 * Tells whether standard output is a file, which is written synchronously: on a full disk, a stream would silently lose the rest of a
 * piece.
 */
const isFile = (): boolean => {
  try {
    return kindOf(fstatSync(standardOutput)) === 'file';
  } catch {
    return false;
  }
};

let toFile: boolean | undefined;

/** Writes a piece to standard output; returns false if the stream has to drain before the next one. */
const write = (piece: string | Uint8Array): boolean => {
  toFile ??= isFile();
  if (!toFile) return process.stdout.write(piece);
  writeAll(standardOutput, piece);
  return true;
};

export const printLine = (line: string): void => {
  write(`${terminal.text(line)}\n`);
};

export const printJson = (value: unknown, indent?: number): void => {
  write(`${json.value(value, indent)}\n`);
};

/** Writes the pieces to standard output, waits while the reader is slower, and stops if the reader is gone. */
const writeAllOf = async (pieces: Iterable<Uint8Array | string>): Promise<void> => {
  for (const piece of pieces) {
    if (process.stdout.destroyed) return;
    if (!write(piece)) await once(process.stdout, 'drain');
  }
};

export const printPieces = (pieces: Iterable<Uint8Array | Written>): Promise<void> => writeAllOf(pieces);

/** The number of characters that are gathered before they are written, because a system call for each line would be slow. */
const batchLength = 32_768;

function* batches(lines: Iterable<string>): Generator<string, void> {
  let batch = '';
  for (const line of lines) {
    batch += `${line}\n`;
    if (batch.length < batchLength) continue;
    yield batch;
    batch = '';
  }
  if (batch !== '') yield batch;
}

export const printLines = (lines: Iterable<Written<'terminal' | 'json'>>): Promise<void> =>
  writeAllOf(batches(lines));

export const printText = (lines: readonly string[]): Promise<void> => printLines(lines.map(terminal.text));

/** Returns a failure if the error is that standard output could not be written; undefined for other errors. */
export const outputFailure = (problem: unknown): Failure | undefined => {
  const isOutput = problem instanceof Error && 'syscall' in problem && problem.syscall === 'write';
  return isOutput ? {...cannotWriteOutput(codeOf(problem)), exit: 2} : undefined;
};

/** Prints a note to standard error; it is neither a result nor an error. */
export const printNote = (line: string): void => {
  process.stderr.write(`${terminal.text(line)}\n`);
};

/** Prints a problem and its remedy to standard error. Control characters are made harmless, because names in them come from outside. */
export const printWarning = (problem: Problem, place: string | undefined, language: Language): void => {
  const where = place === undefined ? '' : ` (${place})`;
  process.stderr.write(`packet-tutor: ${terminal.text(`${problem.what[language]}${where}`)}\n`);
  process.stderr.write(`${terminal.text(problem.remedy[language])}\n`);
};

export const printFailure = (failure: Failure, language: Language): 1 | 2 => {
  printWarning(failure, failure.place, language);
  for (const line of failure.more ?? []) process.stderr.write(`  ${terminal.text(line[language])}\n`);
  return failure.exit;
};
