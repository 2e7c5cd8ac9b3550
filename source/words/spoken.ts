// The sentences of a run for speech, in both languages. The order is always: when, who, what, the numbers, then what changed.
import {carriedText} from '../account/notation.ts';
import type {CarriedPart} from '../account/part.ts';
import type {Language} from '../lesson/text.ts';
import {punctuation} from './catalogue/punctuation.ts';
import {sentences, spokenTexts} from './catalogue/spoken.ts';
import {earHands} from './hands.ts';
import {sentence, spokenFormula, spokenText} from './spoken-text.ts';

/** The places at which a Chinese character and a Latin letter or digit meet, where a space is inserted. */
const seam = /(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])/g;

/** Puts spaces between Chinese and Latin characters, and ends the text with a full stop unless it has an end already. */
export const ended = (text: string, language: Language): string => {
  const spaced = text.replace(seam, ' ');
  return /[.!?。！？：…]$/.test(spaced) ? spaced : `${spaced}${punctuation.period[language]}`;
};

/** Makes a sentence of words that are in spoken form already: a capital at the beginning, a full stop at the end. */
export const asSentence = (words: string, language: Language): string =>
  ended(sentence(words, language), language);

/** Makes a sentence for speech of a text as the screen shows it. */
export const spokenSentence = (text: string, language: Language): string =>
  asSentence(spokenText(text, language), language);

export type SpokenHeading = keyof typeof spokenTexts;

/** Returns a spoken text after its heading: `Explanation: One segment, two jobs.` */
export const headed = (heading: SpokenHeading, text: string, language: Language): string =>
  ended(`${spokenTexts[heading][language]}${punctuation.colon[language]}${text}`, language);

export const formulaLines = ([symbols, numbers]: readonly string[], language: Language): string[] => [
  ...(symbols === undefined ? [] : [headed('formula', spokenFormula(symbols, language), language)]),
  ...(numbers === undefined ? [] : [headed('here', spokenFormula(numbers, language), language)]),
];

export const packetWord = (id: number, language: Language): string =>
  id < 0 ? sentences.arp[language]({id: -id}) : sentences.packet[language]({id});

/** Returns the words for all that a packet carries, for speech. */
export const carriedWords = (part: CarriedPart, language: Language): string =>
  carriedText(part, earHands[language]);
