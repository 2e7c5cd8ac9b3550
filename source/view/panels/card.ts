// The panel of a card, a text or table for looking things up, which the narration offers; it covers everything between title and timeline
// until it is closed.
import type {Card} from '../../lesson/data.ts';
import {panelsCardSentences} from '../../words/catalogue/panels.ts';
import {definePanel} from '../panel.ts';
import {spokenCard} from '../spoken/spoken-card.ts';
import {cardAt} from '../story/beyond.ts';
import {cardEntries, putCard} from '../story/card.ts';
import {cardKeys, movedBy} from './card-keys.ts';

/** The id of the open card and the index of the entry that is read; another card starts at its first entry. */
type Own = {readonly card: string; readonly entry: number};

const entryOf = ({id}: Card, own: Own): number => (own.card === id ? own.entry : 0);

export const cardPanel = definePanel<Own>({
  name: 'card',
  title: panelsCardSentences.cardPanel.title,
  start: {card: '', entry: 0},
  keys: cardKeys,
  command({input}, own, command) {
    const card = cardAt(input);
    if (card === undefined) return undefined;
    const entry = movedBy(command, entryOf(card, own), cardEntries(card));
    return entry === undefined ? undefined : {own: {card: card.id, entry}};
  },
  isAvailable: ({input}) => cardAt(input) !== undefined,
  least: {columns: 20, rows: 4},
  best: {columns: Number.POSITIVE_INFINITY, rows: Number.POSITIVE_INFINITY},
  calledUp: true,
  places: [],
  covers: 'body',
  spoken({input, language}, own) {
    const card = cardAt(input);
    return card === undefined ? [] : spokenCard(card, entryOf(card, own), language);
  },
  put(pane, {input}, own) {
    const card = cardAt(input);
    if (card) putCard(pane.canvas, card, {...pane, marked: entryOf(card, own)});
  },
});
