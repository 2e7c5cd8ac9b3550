// Tells the fate of a packet in a few words, and whether it is only presumed.
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

/**
 * Returns the fate for a question, which has no place for a colon before the reason. `host` is the one that discards the packet, if it is
 * known.
 */
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

/** Returns the label beside the `✗` at the far end of a line. */
export const lostLabel = ({how, reason = 'loss'}: Ended): Text =>
  how === 'presumed' ? presumablyLostShort : lossLabels[reason];

export const arrivedText = ({how}: Ended): Text =>
  how === 'presumed' ? presumablyArrived : transcriptTexts.arrived;

/** Returns the packets that show the fate, by their numbers. `later` is true if they come after the reader's place. */
export const shownByText = ({shownBy}: Pick<Fate, 'shownBy'>, later: boolean): Text | undefined => {
  const [first, second] = shownBy;
  if (first === undefined) return undefined;
  return second === undefined
    ? worded(shownByOne, {first, later})
    : worded(shownByTwo, {first, second, later});
};
