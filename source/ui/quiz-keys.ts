// The part of the key table for the quiz.

import {quizKeysSentences} from '../words/catalogue/keys-table.ts';
import {checksLesson, inQuiz, onQuizRow, opensMend, watches} from './enabled.ts';
import type {Action} from './key-entry.ts';
import {keyEntries} from './key-row.ts';

const typing = (keys: string): {readonly [key: string]: Action} =>
  Object.fromEntries(Array.from(keys, (key) => [key, 'quizType']));

export const quizKeys = keyEntries({contexts: ['quiz'], enabled: inQuiz}, quizKeysSentences, {
  quizLetter: {
    keys: typing('abcdef'),
    sign: 'a–f',
    hint: {rank: 1},
  },
  quizDigit: {
    keys: typing('0123456789x+'),
    sign: '0–9 x +',
    hint: {sign: '0–9', rank: 1},
  },
  quizMark: {
    contexts: ['quiz', 'quizResult', 'review', 'progress'],
    keys: {up: 'quizUp', k: 'quizUp', down: 'quizDown', j: 'quizDown'},
    sign: '↑ ↓',
    hint: {sign: '↑↓', rank: 2, leaves: 15},
  },
  quizToggle: {
    keys: {space: 'quizToggle'},
    hint: {rank: 3},
  },
  quizTake: {
    keys: {enter: 'quizTake'},
    hint: {rank: 4, goesOn: true},
  },
  quizErase: {
    contexts: ['quiz', 'quizSure'],
    keys: {backspace: 'quizErase'},
    hint: {in: ['quizSure'], rank: 12},
  },
  quizHint: {
    keys: {i: 'quizHint'},
    hint: {rank: 10},
  },
  quizRun: {
    contexts: ['quiz', 'quizReply'],
    keys: {p: 'quizRun'},
    hint: {rank: 14},
  },
  quizSure: {
    contexts: ['quizSure'],
    keys: {'1': 'sureYes', '2': 'sureThink', enter: 'sureThink', space: 'sureThink', '3': 'sureGuess'},
    sign: '1 2 3',
    hint: {rank: 1},
  },
  quizOn: {
    contexts: ['quizReply'],
    keys: {enter: 'quizOn', space: 'quizOn', right: 'quizOn'},
    hint: {rank: 1, goesOn: true},
  },
  quizWhy: {
    contexts: ['quizReply'],
    keys: {w: 'quizWhy'},
    hint: {rank: 2},
  },
  watch: {
    contexts: ['reply', 'quizReply', 'quizResult', 'review', 'progress'],
    keys: {W: 'watch'},
    enabled: watches,
    hint: {rank: 5},
  },
  quizSee: {
    contexts: ['quizResult'],
    keys: {enter: 'quizRun'},
    hint: {rank: 3},
  },
  quizRepeat: {
    contexts: ['quizResult'],
    keys: {r: 'quizRepeat'},
    hint: {rank: 4},
  },
  quizAgain: {
    contexts: ['quizResult'],
    keys: {n: 'quizAgain'},
    hint: {rank: 7},
  },
  quizMend: {
    contexts: ['quizResult'],
    keys: {l: 'openMend'},
    enabled: opensMend,
    hint: {rank: 6},
  },
  startReview: {
    contexts: ['review'],
    keys: {enter: 'startRound', space: 'startRound'},
    sign: 'enter space',
    hint: {sign: 'enter', rank: 3, goesOn: true},
  },
  openRow: {
    contexts: ['progress'],
    keys: {enter: 'startRound', space: 'startRound'},
    sign: 'enter space',
    hint: {sign: 'enter', rank: 3, goesOn: true},
  },
  practise: {
    contexts: ['review', 'progress'],
    keys: {p: 'practiseRow'},
    hint: {rank: 5, leaves: 28},
  },
  practiseWeak: {
    contexts: ['review', 'progress'],
    keys: {w: 'practiseWeak'},
    hint: {rank: 4, leaves: 30},
  },
  quizLater: {
    contexts: ['review', 'quiz'],
    keys: {l: 'quizLater'},
    hint: {rank: 11},
  },
  exportProgress: {
    contexts: ['progress'],
    keys: {e: 'exportProgress'},
    hint: {rank: 6},
  },
  check: {
    contexts: ['ending', 'closing', 'player', 'lessons'],
    keys: {Q: 'check'},
    enabled: checksLesson,
    hint: {rank: 15},
  },
  quizAll: {
    contexts: ['menu'],
    keys: {Q: 'check'},
    enabled: onQuizRow,
    hint: {rank: 15},
  },
  otherPage: {
    contexts: ['review', 'progress'],
    keys: {tab: 'otherPage'},
    hint: {rank: 12},
  },
});
