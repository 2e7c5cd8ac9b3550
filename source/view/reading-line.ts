// Writes the line about a capture that is being read: its name, a bar if its length is known, the packets so far, and the key that stops
// reading.

import {fileName} from '../lesson/file-name.ts';
import {type Language, worded} from '../lesson/text.ts';
import {readingTexts} from '../words/catalogue/reading.ts';
import {cutStart, repeated} from '../words/width.ts';
import type {ReadingSoFar} from './captures/captures-state.ts';
import {type Glyphs, plainText} from './glyphs.ts';

/** The time in ms that reading a capture must take before a bar is shown. */
export const patienceMs = 300;
/** The time in ms between two drawings of the bar that shows how much of a capture has been read. */
export const betweenMs = 100;

const barColumns = 24;
const nameColumns = 24;

/** The progress of reading a capture; `hasKeys` is true if a key can stop it, and not only a signal. */
type Read = ReadingSoFar & {readonly hasKeys: boolean};

const bar = (share: number, glyphs: Glyphs): string => {
  const filled = Math.min(barColumns, Math.floor(share * barColumns));
  return repeated(glyphs.passed, filled) + repeated(glyphs.coming, barColumns - filled);
};

export const readingLine = (
  {name, packets, share, hasKeys}: Read,
  {glyphs, language}: {readonly glyphs: Glyphs; readonly language: Language},
): string => {
  const shown = cutStart(fileName(name), nameColumns, glyphs.ellipsis);
  if (share === 1) return worded(readingTexts.work, {name: shown, packets})[language];
  const how = share === undefined ? '' : ` ${bar(share, glyphs)} ${Math.floor(share * 100)} %`;
  return plainText(worded(readingTexts.bar, {name: shown, how, packets, hasKeys})[language], glyphs);
};
