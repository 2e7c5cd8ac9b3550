// The keys that move through a card's entries, for panels that show a card.
import {panelsCardKeysSentences} from '../../words/catalogue/panels.ts';
import {type PanelKey, upDownKeys, wayOf} from '../panel.ts';

export const cardKeys: readonly PanelKey[] = [upDownKeys(panelsCardKeysSentences.cardKeys['↑↓'].label)];

/** Returns the index of the card's entry to which a key moves; undefined if there is none. */
export const movedBy = (command: string, entry: number, entries: number): number | undefined => {
  const next = entry + wayOf(command);
  return next < 0 || next >= entries ? undefined : next;
};
