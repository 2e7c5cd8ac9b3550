// The words of the page that opens a capture, in both languages.
import {type Text, worded} from '../lesson/text.ts';
import {inEvery} from './catalogue/language.ts';
import {betweenFolders, openCaptureSentences} from './catalogue/open-capture.ts';
import {terminal} from './written.ts';

export const openCaptureWords = {
  title: openCaptureSentences.openCapture.title,
  path: openCaptureSentences.openCapture.path,
  howToType: openCaptureSentences.openCapture.howToType,
  heading: {
    name: openCaptureSentences.openCapture.heading.name,
    size: openCaptureSentences.openCapture.heading.size,
    changed: openCaptureSentences.openCapture.heading.changed,
  },
  inFolders: (folders: readonly string[]): Text =>
    worded(openCaptureSentences.openCapture.inFolders, {folders}),
  none: (folders: readonly string[]): Text =>
    worded(openCaptureSentences.openCapture.none, {
      folders: inEvery((language) => folders.join(betweenFolders[language])),
    }),
  more: (count: number): Text => worded(openCaptureSentences.openCapture.more, {count}),
  older: (count: number): Text => worded(openCaptureSentences.openCapture.older, {count}),
  live: openCaptureSentences.openCapture.live,
  begins: (count: number): Text => worded(openCaptureSentences.openCapture.begins, {count}),
  noName: openCaptureSentences.openCapture.noName,
  gone: (name: string): Text => worded(openCaptureSentences.openCapture.gone, {name: terminal.text(name)}),
  opening: openCaptureSentences.openCapture.opening,
  file: (name: string, size: string, changed: string): Text =>
    worded(openCaptureSentences.openCapture.file, {name, size, changed}),
  space: openCaptureSentences.openCapture.space,
  place: (number: number, total: number): Text =>
    worded(openCaptureSentences.openCapture.place, {number, total}),
} as const;

/** In the menu: what can be opened, or what was opened last. */
export const captureNote = (last: {readonly name: string; readonly isGone: boolean} | undefined): Text => {
  if (last === undefined) return openCaptureSentences.captureNote.pcapPcapngOr;
  const name = terminal.text(last.name);
  return last.isGone
    ? worded(openCaptureSentences.captureNote.lastOpenedGone, {name})
    : worded(openCaptureSentences.captureNote.lastOpened, {name});
};
