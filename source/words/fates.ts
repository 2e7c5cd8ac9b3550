// What became of a packet, in a few words: what is presumed says so.
import type {Fate} from '../account/fates.ts';
import {madeOf, type Text, worded, wordedWithNames} from '../lesson/text.ts';
import {
  presumablyArrived,
  presumablyLost,
  presumablyLostShort,
  shownByOne,
  shownByTwo,
  thrownBy,
} from './catalogue/fates.ts';
import {punctuation} from './catalogue/punctuation.ts';
import {dropTexts, lossLabels, transcriptTexts} from './catalogue/transcript.ts';

type Ended = Pick<Fate, 'how' | 'reason'>;

export const lostText = ({how, reason = 'loss'}: Ended): Text =>
  how === 'presumed' ? presumablyLost : dropTexts[reason];

/** In a question, which is no place for the colon before a reason. `host`: who throws it away, where that is known. */
export const lostAsked = (fate: Ended, host: Text | undefined): Text => {
  const told = lostText(fate);
  const thrown = host ? wordedWithNames(thrownBy, {host}) : dropTexts.discarded;
  return madeOf([told, thrown], (language) => {
    const [said = '', reason] = (told[language] ?? '').split(punctuation.colon[language] ?? '');
    const what = said === dropTexts.discarded[language] ? thrown[language] : said;
    return reason === undefined
      ? what
      : `${what}${punctuation.open[language]}${reason}${punctuation.close[language]}`;
  });
};

/** Beside the `✗` at the far end of a line. */
export const lostLabel = ({how, reason = 'loss'}: Ended): Text =>
  how === 'presumed' ? presumablyLostShort : lossLabels[reason];

export const arrivedText = ({how}: Ended): Text =>
  how === 'presumed' ? presumablyArrived : transcriptTexts.arrived;

/** Of packets, by their numbers: what shows it. `later`: than where the reader stands. */
export const shownByText = ({shownBy}: Pick<Fate, 'shownBy'>, later: boolean): Text | undefined => {
  const [first, second] = shownBy;
  if (first === undefined) return undefined;
  return second === undefined
    ? worded(shownByOne, {first, later})
    : worded(shownByTwo, {first, second, later});
};
