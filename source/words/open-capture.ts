// The words of the page that opens a capture, in both languages.
import {type Text, worded} from '../lesson/text.ts';
import {inEvery} from './catalogue/language.ts';
import {betweenFolders, openCaptureSentences} from './catalogue/open-capture.ts';
import {terminal} from './written.ts';

const {openCapture} = openCaptureSentences;

export const openCaptureWords = {
  ...openCapture,
  inFolders: (folders: readonly string[]): Text => worded(openCapture.inFolders, {folders}),
  none: (folders: readonly string[]): Text =>
    worded(openCapture.none, {folders: inEvery((language) => folders.join(betweenFolders[language]))}),
  more: (count: number): Text => worded(openCapture.more, {count}),
  older: (count: number): Text => worded(openCapture.older, {count}),
  begins: (count: number): Text => worded(openCapture.begins, {count}),
  gone: (name: string): Text => worded(openCapture.gone, {name: terminal.text(name)}),
  file: (name: string, size: string, changed: string): Text =>
    worded(openCapture.file, {name, size, changed}),
  place: (number: number, total: number): Text => worded(openCapture.place, {number, total}),
} as const;

/** Returns the note beside the menu's entry for captures: which files can be opened, or which was opened last and whether it is gone. */
export const captureNote = (last: {readonly name: string; readonly isGone: boolean} | undefined): Text => {
  if (last === undefined) return openCaptureSentences.captureNote.pcapPcapngOr;
  const name = terminal.text(last.name);
  return last.isGone
    ? worded(openCaptureSentences.captureNote.lastOpenedGone, {name})
    : worded(openCaptureSentences.captureNote.lastOpened, {name});
};
