// The part of the key table for pointing at what is on the screen.
import {pointingKeysSentences as say} from '../words/catalogue/keys-table.ts';
import {keyEntries} from './key-entry.ts';

const pointing = ['pointing'] as const;

export const pointingKeys = keyEntries(say, {
  point: {
    contexts: ['player', 'question', 'reply', 'ending', ...pointing],
    keys: {z: 'point'},
    hint: {in: ['player'], rank: 30, leaves: 40},
  },
  pointMove: {
    contexts: pointing,
    keys: {left: 'pointBack', h: 'pointBack', right: 'pointOn', l: 'pointOn'},
    sign: '← →',
    hint: {sign: '←→↑↓', rank: 1},
  },
  pointLine: {
    contexts: pointing,
    keys: {up: 'pointUp', k: 'pointUp', down: 'pointDown', j: 'pointDown'},
    sign: '↑ ↓',
  },
  pointMore: {
    contexts: pointing,
    keys: {enter: 'pointMore'},
    hint: {rank: 2},
  },
});
