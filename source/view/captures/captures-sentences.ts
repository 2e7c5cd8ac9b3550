// Describes the page on which the reader opens a capture, in sentences for a screen reader.
import type {Language} from '../../lesson/text.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatBytes} from '../../words/format.ts';
import {openCaptureWords as say} from '../../words/open-capture.ts';
import {sentence} from '../../words/spoken-text.ts';
import {asciiGlyphs} from '../glyphs.ts';
import {inSentences, typedSaid} from '../list-page.ts';
import {readingLine} from '../reading-line.ts';
import type {CapturesState} from './captures-state.ts';

/** The number of files or names that a screen reader reads aloud; further ones are left out. */
const most = 9;

const comma = (language: Language): string => punctuation.comma[language];
const colon = (language: Language): string => punctuation.colon[language];

const fileWords = ({offer}: CapturesState, index: number, language: Language): string => {
  const file = offer.files[index];
  return file ? say.file(file.name, formatBytes(file.bytes), file.changed)[language] : '';
};

const markedLine = (state: CapturesState, language: Language): string => {
  const {offer, marked} = state;
  if (offer.files.length === 0) return say.none(offer.folders)[language];
  const place = say.place(marked + 1, offer.files.length)[language];
  return `${place}${colon(language)}${fileWords(state, marked, language)}`;
};

const lineWords = (text: string, language: Language): string =>
  `${say.path[language]}${colon(language)}${text}`;

export const capturesSentences = (state: CapturesState, language: Language): readonly string[] => {
  const {offer, line} = state;
  const heard = offer.files.slice(0, most);
  const unheard = offer.files.length - heard.length + offer.more;
  const lines = [
    `${sentence(say.title[language], language)}${comma(language)}${say.inFolders(offer.folders)[language]}`,
    ...heard.map((_, index) => `${index + 1}${colon(language)}${fileWords(state, index, language)}`),
    ...(unheard > 0 ? [say.more(unheard)[language]] : []),
    markedLine(state, language),
    ...(line ? [lineWords(line.text, language)] : []),
  ];
  return inSentences(lines, language);
};

const typedNews = (before: CapturesState, after: CapturesState, language: Language): readonly string[] => {
  const [was, is] = [before.line?.text, after.line?.text];
  if (is === undefined || was === is) return [];
  const typed = after.found ? undefined : typedSaid(was, is, language);
  return typed === undefined ? inSentences([lineWords(is, language)], language) : [typed];
};

const foundNews = ({found}: CapturesState, language: Language): readonly string[] => {
  if (!found || found.names.length === 0) return [];
  const {names, more} = found;
  const heard = names.slice(0, most).join(punctuation.listComma[language]);
  const left = names.length + more - most;
  return [
    `${say.begins(names.length + more)[language]}${colon(language)}${heard}`,
    ...(left > 0 ? [say.more(left)[language]] : []),
  ];
};

/**
 * Returns the sentences for a screen reader on what has changed between two states of the page that opens captures, such as the marked file
 * or the typed path.
 */
export const capturesNews = (
  before: CapturesState,
  after: CapturesState,
  language: Language,
): readonly string[] => {
  const {found, line, marked, reading} = after;
  const isMoved = line === undefined && (before.line !== undefined || before.marked !== marked);
  // The progress of reading a capture is announced once, when it is shown for the first time.
  const isSlow = reading !== undefined && before.reading === undefined;
  return [
    ...typedNews(before, after, language),
    ...inSentences(
      [
        ...(found === before.found ? [] : foundNews(after, language)),
        ...(isMoved ? [markedLine(after, language)] : []),
        ...(isSlow
          ? [readingLine({...reading, hasKeys: true, share: undefined}, {glyphs: asciiGlyphs, language})]
          : []),
      ],
      language,
    ),
  ];
};
