// The words of the page that asks in which form a conversation is to be written, in both languages.
import {type Text, worded} from '../lesson/text.ts';
import {
  cannotWriteThere as cannotWriteThereWords,
  exportFormSentences,
  exportTitle,
} from './catalogue/export-form.ts';
import {reasonOf} from './file-errors.ts';
import {type Problem, problemOf} from './problem.ts';

/** The file formats in which a conversation of a capture can be exported. A packetdrill script is not among them. */
export const exportFormats = {
  pcapng: {
    extension: 'pcapng',
    what: exportFormSentences.exportFormats.pcapng.what,
  },
  pcap: {extension: 'pcap', what: exportFormSentences.exportFormats.pcap.what},
  json: {extension: 'json', what: exportFormSentences.exportFormats.json.what},
  text: {extension: 'txt', what: exportFormSentences.exportFormats.text.what},
  md: {extension: 'md', what: exportFormSentences.exportFormats.md.what},
  mermaid: {extension: 'mmd', what: exportFormSentences.exportFormats.mermaid.what},
  svg: {extension: 'svg', what: exportFormSentences.exportFormats.svg.what},
  html: {extension: 'html', what: exportFormSentences.exportFormats.html.what},
  cast: {extension: 'cast', what: exportFormSentences.exportFormats.cast.what},
  anki: {extension: 'txt', what: exportFormSentences.exportFormats.anki.what},
} as const satisfies Record<string, {readonly extension: string; readonly what: Text}>;

export type ExportFormat = keyof typeof exportFormats;

export const exportWords = {
  title: (what: Text): Text => worded(exportTitle, {what}),
  inFolder: (folder: string): Text => worded(exportFormSentences.export.inFolder, {folder}),
  file: exportFormSentences.export.file,
  writing: exportFormSentences.export.writing,
  replace: (file: string): Text => worded(exportFormSentences.export.replace, {file}),
  kept: exportFormSentences.export.kept,
  wrote: (file: string, folder: string, packets: number): Text =>
    worded(exportFormSentences.export.wrote, {file, folder, packets}),
  format: (name: string, what: string): Text => worded(exportFormSentences.export.format, {name, what}),
  place: (number: number, total: number): Text => worded(exportFormSentences.export.place, {number, total}),
} as const;

export const cannotWriteThere = (file: string, code: string): Problem =>
  problemOf(cannotWriteThereWords, {file, reason: reasonOf(code)});
