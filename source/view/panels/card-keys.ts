// Keys of what is read entry by entry.
import {panelsCardKeysSentences} from '../../words/catalogue/panels.ts';
import {type PanelKey, upDownKeys, wayOf} from '../panel.ts';

export const cardKeys: readonly PanelKey[] = [upDownKeys(panelsCardKeysSentences.cardKeys['↑↓'].label)];

/** The entry that a key leads to; undefined: there is none. */
export const movedBy = (command: string, entry: number, entries: number): number | undefined => {
  const next = entry + wayOf(command);
  return next < 0 || next >= entries ? undefined : next;
};
