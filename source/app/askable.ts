// Opens a capture, or a simulated connection of one, in the player with the questions that can be asked about it. It is loaded only for
// those, because it loads every kind of question.
import {questionsInPlace} from '../quiz/in-place.ts';
import type {PacketQuestion} from '../quiz/packet-question.ts';
import type {Trace} from '../sim/trace.ts';
import {askedAbout} from './asked-about.ts';
import type {Opened} from './opened.ts';
import {type Play, playable} from './playable.ts';

/**
 * Returns the questions that the player can ask about an opened run. `trace` is the part of a capture read so far, or the run with the
 * reader's changes.
 */
const questionsIn = (opened: Opened, trace: Trace): readonly PacketQuestion[] => {
  const about = askedAbout(opened, trace);
  return about ? questionsInPlace(about.asked, about.kinds) : [];
};

export const askable: Play = (opened, data) => ({
  ...playable(opened, data, askable),
  predictions: (shown) => questionsIn(opened, shown),
});
