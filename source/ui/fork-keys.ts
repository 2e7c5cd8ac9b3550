// The part of the key table for altering packets, the tree of runs, and comparing two of them.

import {forkKeysSentences} from '../words/catalogue/keys-table.ts';
import {overPlayer} from './enabled.ts';
import {keyEntries} from './key-row.ts';
import {markKeys} from './list-moves.ts';

const watching = ['player', 'why', 'reply', 'ending'] as const;

export const forkKeys = keyEntries({contexts: ['compare'], enabled: overPlayer}, forkKeysSentences, {
  alter: {
    contexts: [...watching, 'parts'],
    keys: {x: 'alter'},
    hint: {in: ['player', 'parts'], rank: 31},
  },
  parts: {
    contexts: [...watching, 'parts'],
    keys: {X: 'parts'},
  },
  partChoose: {
    contexts: ['parts'],
    keys: {left: 'partBack', h: 'partBack', right: 'partOn', l: 'partOn'},
    sign: '← →',
    hint: {sign: '←→', rank: 1},
  },
  partOpen: {
    contexts: ['parts'],
    keys: {enter: 'alter'},
  },
  partPlay: {
    contexts: ['parts'],
    keys: {space: 'playPause'},
  },
  partLeave: {
    contexts: ['parts'],
    keys: {down: 'partLeave', j: 'partLeave'},
    sign: '↓',
    hint: {rank: 3},
  },
  forks: {
    contexts: watching,
    keys: {f: 'forks'},
  },
  compare: {
    contexts: watching,
    keys: {d: 'compare'},
    hint: {in: ['player', 'ending'], rank: 32},
  },
  simulate: {
    contexts: watching,
    keys: {R: 'simulate'},
    hint: {in: ['player', 'ending'], rank: 31, leaves: 24},
  },
  undo: {
    contexts: [...watching, 'forks'],
    keys: {u: 'undo', 'ctrl-r': 'redo'},
    hint: {in: ['player', 'ending', 'forks'], rank: 33},
  },
  alterChoose: {
    contexts: ['alter', 'vary'],
    ...markKeys,
    hint: {sign: '↑↓', rank: 1},
  },
  alterAmount: {
    contexts: ['alter', 'vary'],
    keys: {left: 'alterLess', h: 'alterLess', right: 'alterMore', l: 'alterMore'},
    sign: '← →',
    hint: {sign: '←→', rank: 3},
  },
  alterType: {
    contexts: ['alter', 'vary'],
    keys: Object.fromEntries(Array.from('0123456789', (digit) => [digit, 'alterType' as const])),
    sign: '0–9',
    hint: {in: ['vary'], rank: 4},
  },
  alterMend: {
    contexts: ['alter'],
    keys: {c: 'alterMend'},
    hint: {rank: 4},
  },
  alterDo: {
    contexts: ['alter', 'vary'],
    keys: {enter: 'alterDo'},
    hint: {rank: 2, goesOn: true},
  },
  forkChoose: {
    contexts: ['forks'],
    ...markKeys,
    hint: {sign: '↑↓', rank: 1},
  },
  forkGo: {
    contexts: ['forks'],
    keys: {enter: 'forkGo'},
    hint: {rank: 2, goesOn: true},
  },
  forkCompare: {
    contexts: ['forks'],
    keys: {d: 'compare'},
    hint: {rank: 3},
  },
  compareStep: {
    keys: {left: 'compareBack', h: 'compareBack', right: 'compareOn', l: 'compareOn'},
    sign: '← →',
    hint: {sign: '←→', rank: 1},
  },
  difference: {
    keys: {n: 'differenceOn', N: 'differenceBack'},
    sign: 'n N',
    hint: {sign: 'n', rank: 2, goesOn: true},
  },
  differenceFirst: {
    keys: {w: 'differenceFirst'},
    hint: {rank: 6},
  },
  compareEnds: {
    keys: {g: 'compareStart', home: 'compareStart', G: 'compareEnd', end: 'compareEnd'},
    sign: 'g G',
  },
  compareSide: {
    keys: {tab: 'compareSide'},
    hint: {rank: 3},
  },
  compareOpen: {
    keys: {enter: 'compareOpen'},
    hint: {rank: 3},
  },
  copyCode: {
    contexts: ['forks', 'compare', 'closing'],
    keys: {y: 'copyCode'},
    hint: {rank: 7},
  },
  endCompare: {
    keys: {d: 'back', D: 'back'},
    hint: {rank: 4},
  },
});
