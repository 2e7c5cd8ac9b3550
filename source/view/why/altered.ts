// That what came in an instant was not as it had left: its numbers are those that whoever got it went by.

import {instantOf} from '../../account/entries.ts';
import {partsText} from '../../account/notation.ts';
import {sentParts} from '../../account/packet-parts.ts';
import type {TraceEvent} from '../../sim/trace.ts';
import {whyTexts} from '../../words/catalogue/player.ts';
import {eyeHands} from '../../words/hands.ts';
import type {View} from '../view.ts';
import {packetText} from './event-text.ts';

/** Of an event that a packet brought about which the path had altered. */
export const alteredTexts = (view: View, {n, host}: TraceEvent): readonly string[] => {
  const {language, input, hidden} = view;
  if (hidden.length > 0) return [];
  return instantOf(input.trace, n).flatMap((each) => {
    if (each.kind !== 'arrive' || each.host !== host || each.n > n || !each.altered) return [];
    const {packet, altered} = each;
    const came = partsText(sentParts(input.trace, {packet, frame: altered}), eyeHands[language]);
    const what = came === packetText(view, packet) ? undefined : came;
    return [whyTexts.cameAltered[language]({packet, what})];
  });
};
