// Writes a conversation of an open capture in any of the forms of `export`, to a file that the reader names.
import {basename, dirname, resolve} from 'node:path';
import process from 'node:process';
import {writeProblem} from '../io/file-problem.ts';
import {createFile, freeName, replaceFile, type WriteError} from '../io/file-writing.ts';
import {isOneFile, kindAt} from '../io/files.ts';
import {expanded, shortened} from '../io/typed-path.ts';
import type {Text} from '../lesson/text.ts';
import type {WriteResult} from '../ui/capture-state.ts';
import type {ExportWish} from '../ui/export-form.ts';
import type {Preferences} from '../ui/preferences.ts';
import {inOneLine} from '../view/note.ts';
import type {ExportForm} from '../view/picker/export-form.ts';
import {isTheCapture} from '../words/catalogue/export-form.ts';
import {notAFile} from '../words/catalogue/open-capture.ts';
import {cannotWriteThere, type ExportFormat, exportFormats, exportWords} from '../words/export-form.ts';
import {type Problem, problemOf} from '../words/problem.ts';
import type {Written} from '../words/written.ts';
import type {Arguments} from './command.ts';
import {piecesOf} from './export-pieces.ts';
import type {Opened} from './opened.ts';

const formats = Object.keys(exportFormats).filter((each): each is ExportFormat => each in exportFormats);

/** The arguments of a command line without options. */
const noOptions: Arguments = {
  positionals: [],
  flag: () => false,
  value: () => undefined,
  list: () => [],
};

/** The time in ms after which a long export lets the keyboard be read. */
const turnMs = 30;

const wholeOf = async (pieces: Iterable<Uint8Array | Written>): Promise<Buffer> => {
  const parts: Buffer[] = [];
  let sinceMs = performance.now();
  for (const piece of pieces) {
    parts.push(Buffer.from(piece));
    if (performance.now() - sinceMs < turnMs) continue;
    await new Promise((resolved) => setImmediate(resolved));
    sinceMs = performance.now();
  }
  return Buffer.concat(parts);
};

/** Returns a capture's file name without folder and extension: `slow` for `slow.pcapng.gz`; `capture` for standard input. */
const baseOf = (source: string): string =>
  /([^/\\]+?)(?:\.(?:pcap|pcapng|cap))?(?:\.gz)?$/i
    .exec(source)?.[1]
    ?.replace(/^standard input$/, 'capture') ?? 'capture';

/**
 * Returns the form for exporting a conversation, with a free file name for each format. `label` is the conversation's, such as `4` or `u1`.
 */
export const exportForm = (
  {source}: Opened,
  label: string,
  title: Text,
): Pick<ExportForm, 'title' | 'folder' | 'offered'> => ({
  title,
  folder: shortened(process.cwd()),
  offered: formats.map((format) => ({
    format,
    file: freeName(`${baseOf(source)}-${label}.${exportFormats[format].extension}`),
  })),
});

const refusal = (path: string, {source}: Opened): Problem | undefined => {
  if (isOneFile(path, source)) return problemOf(isTheCapture, {file: path});
  const kind = kindAt(path);
  if (kind === 'folder') return cannotWriteThere(path, 'EISDIR');
  return kind === 'file' || kind === 'missing' ? undefined : problemOf(notAFile, {file: path});
};

const failureOf = (path: string, error: WriteError): Problem =>
  error.code === 'system' ? cannotWriteThere(path, error.name) : writeProblem(path, error);

export const writeExport = async (
  opened: Opened,
  {format, file, replaces}: ExportWish,
  {language, ascii, graphs, motion}: Preferences,
): Promise<WriteResult> => {
  const path = expanded(file.trim());
  const refused = refusal(path, opened);
  if (refused) return {kind: 'refused', why: inOneLine(refused)};
  if (kindAt(path) === 'file' && !replaces) return {kind: 'there'};
  // The theme stays undefined, so that each format uses its own, as on the command line.
  const look = {language, ascii, graphs, motion, theme: undefined};
  const pieces = await piecesOf(opened, format, noOptions, look);
  if ('what' in pieces) return {kind: 'refused', why: inOneLine(pieces)};
  const content = await wholeOf(pieces);
  const written = replaces ? replaceFile(path, content) : createFile(path, content);
  if (!written.ok && written.error.code === 'there') return {kind: 'there'};
  if (!written.ok) return {kind: 'refused', why: inOneLine(failureOf(path, written.error))};
  const folder = shortened(dirname(resolve(path)));
  return {kind: 'written', told: exportWords.wrote(basename(path), folder, opened.trace.packetCount)};
};
