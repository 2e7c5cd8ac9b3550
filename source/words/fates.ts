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
 * Returns the fate of a lost packet in the form for a question, without the colon before the reason. `host`: the one that discards the
 * packet, if known.
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

/** Returns the short reason beside the `✗` at which the line of a lost packet ends. */
export const lostLabel = ({how, reason = 'loss'}: Ended): Text =>
  how === 'presumed' ? presumablyLostShort : lossLabels[reason];

export const arrivedText = ({how}: Ended): Text =>
  how === 'presumed' ? presumablyArrived : transcriptTexts.arrived;

/**
 * Returns the text that names the packets from which the fate of a packet is known; undefined if there are none. `later`: they come after
 * the moment shown.
 */
export const shownByText = ({shownBy}: Pick<Fate, 'shownBy'>, later: boolean): Text | undefined => {
  const [first, second] = shownBy;
  if (first === undefined) return undefined;
  return second === undefined
    ? worded(shownByOne, {first, later})
    : worded(shownByTwo, {first, second, later});
};
