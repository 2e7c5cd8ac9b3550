// The part of the key table for pointing at words on the screen.

import {pointingKeysSentences as say} from '../words/catalogue/keys-table.ts';
import {overPlayer} from './enabled.ts';
import {keyEntries} from './key-row.ts';

export const pointingKeys = keyEntries({contexts: ['pointing']}, say, {
  point: {
    contexts: ['player', 'question', 'reply', 'ending', 'pointing'],
    keys: {z: 'point'},
    enabled: overPlayer,
    hint: {in: ['player'], rank: 30, leaves: 34},
  },
  pointMove: {
    keys: {left: 'pointBack', h: 'pointBack', right: 'pointOn', l: 'pointOn'},
    sign: '← →',
    hint: {sign: '←→↑↓', rank: 1},
  },
  pointLine: {
    keys: {up: 'pointUp', k: 'pointUp', down: 'pointDown', j: 'pointDown'},
    sign: '↑ ↓',
  },
  pointMore: {
    keys: {enter: 'pointMore'},
    hint: {rank: 2},
  },
});
