// The part of the key table for the player.

import {playerKeysSentences} from '../words/catalogue/keys-table.ts';
import {answersLesson, inPlayer, movesMark, opensWhatIf, overPlayer, selectsPacket} from './enabled.ts';
import type {Action} from './key-entry.ts';
import {type KeyEntry, keyEntries} from './key-row.ts';
import {markKeys} from './list-moves.ts';

const whileWatching = ['player', 'why', 'reply'] as const;
const whileStepping = ['player', 'why', 'reply', 'question'] as const;
const whilePicturing = ['player', 'reply', 'question'] as const;

const numbered = (action: Action): {readonly [key: string]: Action} =>
  Object.fromEntries(Array.from('123456789', (digit) => [digit, action]));

/** The keys that step, with those that presentation clickers send. */
const stepKeys: KeyEntry['keys'] = {
  left: 'stepBack',
  h: 'stepBack',
  'page-up': 'stepBack',
  right: 'stepForward',
  l: 'stepForward',
  'page-down': 'stepForward',
};

export const playerKeys = keyEntries({contexts: ['player'], enabled: inPlayer}, playerKeysSentences, {
  play: {
    keys: {space: 'playPause', enter: 'next'},
    sign: 'space enter',
    hint: {sign: 'space', rank: 10, goesOn: true},
  },
  again: {
    contexts: ['ending'],
    keys: {g: 'playPause', home: 'playPause'},
    hint: {rank: 10},
  },
  step: {
    contexts: whileWatching,
    keys: stepKeys,
    sign: '← →',
    hint: {sign: '←→', in: ['player', 'why'], rank: 20},
  },
  lookBack: {
    contexts: ['question', 'ending', 'closing'],
    keys: stepKeys,
    sign: '← →',
    hint: {sign: '←', rank: 4},
  },
  beat: {
    contexts: whileStepping,
    keys: {'[': 'beatBack', ']': 'beatForward'},
    sign: '[ ]',
    hint: {in: ['player'], rank: 21, leaves: 36},
  },
  ends: {
    contexts: whileStepping,
    keys: {g: 'start', home: 'start', G: 'end', end: 'end'},
    sign: 'g G',
  },
  event: {
    contexts: whileWatching,
    keys: {e: 'eventForward', E: 'eventBack'},
    sign: 'e E',
  },
  bookmark: {
    contexts: whileWatching,
    keys: {B: 'bookmark', "'": 'bookmarkNext'},
    sign: "B '",
  },
  speed: {
    keys: {'+': 'faster', '=': 'faster', '-': 'slower', _: 'slower'},
    sign: '+ -',
    hint: {rank: 60},
  },
  packet: {
    contexts: ['player', 'question'],
    keys: {up: 'packetUp', k: 'packetUp', down: 'packetDown', j: 'packetDown'},
    enabled: selectsPacket,
    sign: '↑ ↓',
    hint: {sign: '↑↓', in: ['player'], rank: 24, leaves: 40},
  },
  panel: {
    contexts: whilePicturing,
    keys: {tab: 'panelNext', 'shift-tab': 'panelPrevious'},
    hint: {in: ['player', 'question'], rank: 35},
  },
  panelNumber: {
    contexts: whilePicturing,
    keys: numbered('panelNumbered'),
    sign: '1–9',
  },
  bytes: {
    keys: {b: 'openBytes'},
    hint: {rank: 25, leaves: 41},
  },
  graph: {
    keys: {v: 'openGraph'},
    hint: {rank: 26, leaves: 42},
  },
  cache: {
    keys: {c: 'openCache'},
    hint: {rank: 27, leaves: 42},
  },
  markWhatIf: {
    contexts: ['ending'],
    keys: {up: 'markUp', k: 'markUp', down: 'markDown', j: 'markDown'},
    sign: '↑ ↓',
    hint: {sign: '↑↓', rank: 1},
  },
  openWhatIf: {
    contexts: ['ending'],
    keys: {...numbered('openNumbered'), enter: 'openMarked', space: 'openMarked'},
    enabled: opensWhatIf,
    sign: '1–9',
    hint: {sign: 'enter', rank: 2, goesOn: true},
  },
  predict: {
    contexts: ['player', 'question', 'reply'],
    keys: {p: 'predict'},
    hint: {in: ['player'], rank: 28, leaves: 23},
  },
  why: {
    contexts: whileWatching,
    keys: {w: 'why'},
    hint: {in: ['player', 'reply'], rank: 30},
  },
  deepen: {
    contexts: ['why'],
    keys: {enter: 'deepen'},
    // The sign has both keys, because `enter` alone is also the sign of another entry in the help.
    sign: 'w enter',
    hint: {sign: 'enter', rank: 2, goesOn: true},
  },
  card: {
    contexts: ['player', 'reply'],
    keys: {m: 'openCard'},
    hint: {in: ['player'], rank: 31, leaves: 22},
  },
  link: {
    contexts: ['player', 'reply', 'ending'],
    keys: {L: 'openLink'},
    hint: {in: ['player', 'ending'], rank: 32, leaves: 23},
  },
  cause: {
    contexts: ['why'],
    keys: {'<': 'cause', ',': 'cause', '>': 'effect', '.': 'effect'},
    sign: '< >',
    hint: {rank: 25},
  },
  numbers: {
    contexts: whileStepping,
    keys: {r: 'numbers'},
  },
  allValues: {
    contexts: whileStepping,
    keys: {A: 'allValues'},
  },
  eyes: {
    contexts: whileStepping,
    keys: {o: 'eyes'},
  },
  answer: {
    contexts: ['question'],
    keys: {a: 'answer', b: 'answer', c: 'answer', d: 'answer', e: 'answer'},
    enabled: answersLesson,
    sign: 'a–e',
    hint: {rank: 1, goesOn: true},
  },
  hint: {
    contexts: ['question'],
    keys: {i: 'hint'},
    enabled: answersLesson,
    hint: {rank: 2},
  },
  skip: {
    contexts: ['question'],
    keys: {s: 'skip'},
    hint: {rank: 3},
  },
  goOn: {
    contexts: ['reply'],
    keys: {enter: 'goOn', space: 'goOn'},
    sign: 'enter space',
    hint: {sign: 'enter', rank: 1, goesOn: true},
  },
  begin: {
    contexts: ['opening'],
    keys: {space: 'begin', enter: 'begin'},
    sign: 'space enter',
    hint: {sign: 'space', rank: 1, goesOn: true},
  },
  beginAnew: {
    contexts: ['opening'],
    keys: {n: 'beginAnew'},
    enabled: overPlayer,
    hint: {rank: 2},
  },
  closingOpen: {
    contexts: ['closing'],
    keys: {enter: 'closingOpen', space: 'closingOpen'},
    sign: 'enter space',
    hint: {sign: 'enter', rank: 1, goesOn: true},
  },
  closingChoose: {
    contexts: ['closing'],
    ...markKeys,
    enabled: movesMark,
    hint: {sign: '↑↓', rank: 2},
  },
});
