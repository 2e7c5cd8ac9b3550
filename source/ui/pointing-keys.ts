// The part of the key table for pointing at what is on the screen.
import {pointingKeysSentences as say} from '../words/catalogue/keys-table.ts';
import type {KeyEntry} from './key-entry.ts';

const pointing = ['pointing'] as const;

export const pointingKeys: readonly KeyEntry[] = [
  {
    id: 'point',
    contexts: ['player', 'question', 'reply', 'ending', ...pointing],
    keys: {z: 'point'},
    sign: 'z',
    label: say.point.label,
    hint: {label: say.point.hint.label, in: ['player'], rank: 30, leaves: 40},
  },
  {
    id: 'pointMove',
    contexts: pointing,
    keys: {left: 'pointBack', h: 'pointBack', right: 'pointOn', l: 'pointOn'},
    sign: '← →',
    label: say.pointMove.label,
    hint: {sign: '←→↑↓', label: say.pointMove.hint.label, rank: 1},
  },
  {
    id: 'pointLine',
    contexts: pointing,
    keys: {up: 'pointUp', k: 'pointUp', down: 'pointDown', j: 'pointDown'},
    sign: '↑ ↓',
    label: say.pointLine.label,
  },
  {
    id: 'pointMore',
    contexts: pointing,
    keys: {enter: 'pointMore'},
    sign: 'enter',
    label: say.pointMore.label,
    hint: {label: say.pointMore.hint.label, rank: 2},
  },
];
