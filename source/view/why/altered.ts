// Tells *Why?* that the path altered a packet whose arrival caused an event: the receiver acts on what the altered packet contains.

import {instantOf} from '../../account/entries.ts';
import {partsText} from '../../account/notation.ts';
import {sentParts} from '../../account/packet-parts.ts';
import type {TraceEvent} from '../../sim/trace.ts';
import {whyTexts} from '../../words/catalogue/player.ts';
import {eyeHands} from '../../words/hands.ts';
import {textWidth} from '../../words/width.ts';
import {type AlteredField, alteredText, fieldsChanged} from '../bytes/altered.ts';
import type {View} from '../view.ts';
import {packetText} from './event-text.ts';

const mostColumns = 60;

/**
 * Joins texts on as many altered header fields as fit in one line; undefined if none fits, or if only fields differ that follow from
 * others.
 */
const inOneLine = (fields: readonly AlteredField[]): string | undefined => {
  const texts = fields.map((_, nth) => alteredText(fields.slice(0, nth + 1)));
  return texts.findLast((text) => text !== '' && textWidth(text) <= mostColumns);
};

/**
 * Returns sentences on packets that arrived altered at this host and instant and may have caused the event; empty without any, or while a
 * question is open.
 */
export const alteredTexts = (view: View, {n, host}: TraceEvent): readonly string[] => {
  const {language, input, hidden} = view;
  if (hidden.length > 0) return [];
  return instantOf(input.trace, n).flatMap((each) => {
    if (each.kind !== 'arrive' || each.host !== host || each.n > n || !each.altered) return [];
    const {packet, altered, hop} = each;
    const came = partsText(sentParts(input.trace, {packet, frame: altered}), eyeHands[language]);
    const isSame = came === packetText(view, packet);
    const fields = fieldsChanged(input.trace, {packet, hop}, altered);
    const what = isSame ? inOneLine(fields) : came;
    return [whyTexts.cameAltered[language]({packet, what, fields: isSame})];
  });
};
