// What became of a packet, in a few words: what is presumed says so.
import type {Fate} from '../account/fates.ts';
import {type Text, worded} from '../lesson/text.ts';
import {
  presumablyArrived,
  presumablyLost,
  presumablyLostShort,
  shownByOne,
  shownByTwo,
} from './catalogue/fates.ts';
import {dropTexts, lossLabels, transcriptTexts} from './catalogue/transcript.ts';

type Ended = Pick<Fate, 'how' | 'reason'>;

export const lostText = ({how, reason = 'loss'}: Ended): Text =>
  how === 'presumed' ? presumablyLost : dropTexts[reason];

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
