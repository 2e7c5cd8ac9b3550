// Keys of what is read entry by entry.
import {panelsCardKeysSentences} from '../../words/catalogue/panels.ts';
import type {PanelKey} from '../panel.ts';

export const cardKeys: readonly PanelKey[] = [
  {
    keys: {up: 'up', k: 'up', down: 'down', j: 'down'},
    sign: '↑↓',
    label: panelsCardKeysSentences.cardKeys['↑↓'].label,
    rank: 5,
  },
];

/** The entry that a key leads to; undefined: there is none. */
export const movedBy = (command: string, entry: number, entries: number): number | undefined => {
  const next = entry + (command === 'up' ? -1 : 1);
  return next < 0 || next >= entries ? undefined : next;
};
