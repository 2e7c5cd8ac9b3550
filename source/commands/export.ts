// `export`: writes the run as a capture file, JSON lines, text, a document or a packetdrill script, to a file or into a pipe.
import process from 'node:process';
import type {Arguments, Command, Failure, OptionSpec} from '../app/command.ts';
import {formats, piecesOf} from '../app/export-pieces.ts';
import {exitAfterReading} from '../app/interrupt.ts';
import {writeOutcome} from '../app/lesson-failure.ts';
import {openSource} from '../app/open-source.ts';
import type {Opened} from '../app/opened.ts';
import {connectionOptions, known, runOptions} from '../app/options.ts';
import {printPieces, printWarning} from '../app/print.ts';
import {replaceFile} from '../io/file-writing.ts';
import {worded} from '../lesson/text.ts';
import {keyLogOf} from '../sim/key-log.ts';
import {binaryToTerminal, formatMissing} from '../words/catalogue/capture-errors.ts';
import {exportSentences} from '../words/catalogue/export-errors.ts';
import {problemOf} from '../words/problem.ts';
import type {Written} from '../words/written.ts';

const options: readonly OptionSpec[] = [
  ...connectionOptions,
  {
    name: 'format',
    kind: 'value',
    choices: formats,
    describe: worded(exportSentences.format.describe, {formats}),
  },
  {name: 'output', alias: 'o', kind: 'value', describe: exportSentences.output.describe},
  {name: 'keylog', kind: 'value', describe: exportSentences.keylog.describe},
  {name: 'at', kind: 'value', describe: exportSentences.at.describe},
];

const writeFile = (file: string, blocks: readonly Uint8Array[], from: readonly string[]): 0 | Failure =>
  writeOutcome(file, replaceFile(file, blocks, {from}));

/**
 * Writes the TLS secrets of a simulated run to the file of `--keylog`, for export formats that cannot contain them. For a capture,
 * `--keylog` is an input and nothing is written.
 */
const writeKeyLog = (file: string | undefined, opened: Opened, from: readonly string[]): 0 | Failure =>
  file === undefined || !opened.replay ? 0 : writeFile(file, [Buffer.from(keyLogOf(opened.trace))], from);

const blockBytes = 2 ** 20;

/** Joins the pieces of an exported file into larger blocks, because a run may have hundreds of thousands of lines. */
const blocksOf = (pieces: Iterable<Uint8Array | Written>): readonly Uint8Array[] => {
  const blocks: Uint8Array[] = [];
  let [gathered, length]: [Uint8Array[], number] = [[], 0];
  const close = (): void => {
    blocks.push(Buffer.concat(gathered));
    [gathered, length] = [[], 0];
  };
  for (const piece of pieces) {
    const bytes = Buffer.from(piece);
    gathered.push(bytes);
    length += bytes.length;
    if (length >= blockBytes) close();
  }
  close();
  return blocks;
};

/** Returns the files that an export reads, which it must not overwrite; a lesson that ships with the program is not one. */
const inputsOf = ({lesson, source, captured, simulated}: Opened, args: Arguments): readonly string[] => {
  if (lesson) return lesson.openedFrom === undefined ? [] : [lesson.openedFrom];
  const [named] = args.positionals;
  const keylog = captured ? args.value('keylog') : undefined;
  const inputs = [named === '-' ? '/dev/stdin' : named, captured || simulated ? source : undefined, keylog];
  return inputs.filter((each) => each !== undefined);
};

export const exportCommand: Command = {
  options: [...runOptions, ...options],
  run: async (args, context) => {
    const source = args.positionals[0] ?? '';
    const format = known(formats, args.value('format'));
    if (format === undefined) return {...problemOf(formatMissing, {formats}), exit: 2};
    const file = args.value('output');
    const binary = format === 'pcap' || format === 'pcapng';
    if (file === undefined && binary && process.stdout.isTTY)
      return {...problemOf(binaryToTerminal, {format, source}), exit: 2};
    const opened = await openSource(source, args, {forCaptures: connectionOptions, bar: context});
    if (!opened.ok) return opened.error;
    const {warning} = opened.value;
    if (warning) printWarning(warning.problem, warning.place, context.language);
    const pieces = await piecesOf(opened.value, format, args, context);
    if ('what' in pieces) return pieces;
    // The whole export is composed before any file is written, even the key log.
    const whole = file === undefined ? undefined : {file, blocks: blocksOf(pieces)};
    const from = inputsOf(opened.value, args);
    const logged = writeKeyLog(args.value('keylog'), opened.value, from);
    if (logged !== 0) return logged;
    const {failure = exitAfterReading()} = opened.value;
    if (whole) return writeFile(whole.file, whole.blocks, from) || failure;
    await printPieces(pieces);
    return failure;
  },
};
