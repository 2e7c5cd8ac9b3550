// Finds captures for the menu: those in the current folder and in that of the last opened capture. A capture can also be opened by its
// path.
import {basename, dirname, resolve} from 'node:path';
import process from 'node:process';
import {type CaptureFile, capturesIn, completionOf} from '../io/capture-files.ts';
import {kindAt} from '../io/files.ts';
import {pathsMeant, shortened} from '../io/typed-path.ts';
import type {CapturesDesk} from '../ui/capture-state.ts';
import type {LastCapture, OfferedCapture} from '../view/captures/offer.ts';
import {inOneLine} from '../view/note.ts';
import {noFile} from '../words/catalogue/errors.ts';
import {notAFile, pathMissing} from '../words/catalogue/open-capture.ts';
import {isNoFile} from '../words/file-errors.ts';
import {type Problem, problemOf} from '../words/problem.ts';

/** The most captures that the menu lists. */
const mostOffered = 200;

const twoDigits = (number: number): string => `${number}`.padStart(2, '0');

/** Returns a time by the local clock, to the minute. */
const localTime = (ms: number): string => {
  const date = new Date(ms);
  const day = [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join('-');
  return `${day} ${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
};

/**
 * Returns why the path cannot be opened as a capture: it does not exist, or is a folder or no regular file; undefined if it is a regular
 * file.
 */
const unusable = (path: string): Problem | undefined => {
  switch (kindAt(path)) {
    case 'missing':
      return problemOf(noFile, {file: path});
    case 'folder':
      return isNoFile(path, 'folder');
    case 'file':
      return undefined;
    default:
      return problemOf(notAFile, {file: path});
  }
};

type Memory = {
  /** Returns the whole path of the capture that was opened last. */
  last(): string | undefined;
  keep(path: string): void;
};

export const capturesDesk = ({last, keep}: Memory): CapturesDesk => {
  const here = process.cwd();
  const nameOf = (path: string): string => (dirname(path) === here ? basename(path) : shortened(path));
  const lastCapture = (): LastCapture | undefined => {
    const path = last();
    return path === undefined ? undefined : {path, name: basename(path), isGone: kindAt(path) !== 'file'};
  };
  const listed = ({path, bytes, changedMs}: CaptureFile): OfferedCapture => ({
    path,
    name: nameOf(path),
    bytes,
    changed: localTime(changedMs),
  });
  return {
    last: lastCapture,
    offer() {
      const before = last();
      const folders = [...new Set([here, ...(before === undefined ? [] : [dirname(before)])])];
      const files = folders
        .flatMap(capturesIn)
        .toSorted((one, other) => other.changedMs - one.changedMs || (one.path < other.path ? -1 : 1));
      return {
        files: files.slice(0, mostOffered).map(listed),
        more: Math.max(0, files.length - mostOffered),
        folders: folders.map((each) => shortened(each)),
        last: lastCapture(),
      };
    },
    complete: completionOf,
    async open(named, watch) {
      const paths = pathsMeant(named);
      const path = paths.find((each) => kindAt(each) !== 'missing') ?? paths.at(-1);
      const problem = path === undefined ? pathMissing : unusable(path);
      if (path === undefined || problem) return {message: inOneLine(problem ?? pathMissing)};
      // Warnings name the capture, so a file of the current folder is given without its path.
      const source = dirname(path) === here ? basename(path) : path;
      const {openCaptureFrom} = await import('./open-capture.ts');
      const opened = await openCaptureFrom(source, {contents: true, watch});
      if (!opened.ok) return {message: inOneLine(opened.error)};
      const {openedDesk} = await import('./capture-desk.ts');
      keep(resolve(path));
      return openedDesk(opened.value, undefined);
    },
  };
};
