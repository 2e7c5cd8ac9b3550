// Lines for the terminal or the pipe: results to standard output, errors and warnings to standard error.
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

/** A file takes less than all where the disk fills up, and a stream would leave it at that. */
const isFile = (): boolean => {
  try {
    return kindOf(fstatSync(standardOutput)) === 'file';
  } catch {
    return false;
  }
};

let toFile: boolean | undefined;

/** False where it is still to be taken. */
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

/** Waits where the reader is slower than we are, and stops where nobody reads any more. */
const writeAllOf = async (pieces: Iterable<Uint8Array | string>): Promise<void> => {
  for (const piece of pieces) {
    if (process.stdout.destroyed) return;
    if (!write(piece)) await once(process.stdout, 'drain');
  }
};

export const printPieces = (pieces: Iterable<Uint8Array | Written>): Promise<void> => writeAllOf(pieces);

/** How much is gathered before it is written, in characters: a system call for each line would be slow. */
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

/** What output cannot be written; a terminal that is gone, or a reader, is another matter. */
export const outputFailure = (problem: unknown): Failure | undefined => {
  const isOutput = problem instanceof Error && 'syscall' in problem && problem.syscall === 'write';
  return isOutput ? {...cannotWriteOutput(codeOf(problem)), exit: 2} : undefined;
};

/** Neither a result nor an error. */
export const printNote = (line: string): void => {
  process.stderr.write(`${terminal.text(line)}\n`);
};

/** What is wrong, and the remedy. Names in them come from outside. */
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
