// The part of the key table for the interview.

import {interviewKeysSentences as say} from '../words/catalogue/keys-table.ts';
import {inInterview} from './enabled.ts';
import {keyEntries} from './key-row.ts';
import {markKeys} from './list-moves.ts';

export const interviewKeys = keyEntries({contexts: ['interviewPoints'], enabled: inInterview}, say, {
  interviewMark: {
    contexts: ['interviewList', 'interviewPoints', 'interviewRead'],
    ...markKeys,
    hint: {sign: '↑↓', rank: 6, leaves: 80},
  },
  interviewTick: {
    keys: {space: 'interviewTick'},
    hint: {rank: 1},
  },
  interviewShow: {
    contexts: ['interviewPoints', 'interviewRead'],
    keys: {s: 'interviewShow'},
    hint: {rank: 2},
  },
  interviewAnswer: {
    keys: {a: 'interviewAnswer'},
    hint: {rank: 3},
  },
  interviewLesson: {
    contexts: ['interviewList', 'interviewPoints', 'interviewRead'],
    keys: {l: 'interviewLesson'},
    hint: {rank: 5, leaves: 70},
  },
  interviewBelief: {
    contexts: ['interviewList', 'interviewPoints', 'interviewRead'],
    keys: {W: 'watch'},
    hint: {rank: 5, leaves: 75},
  },
  interviewClock: {
    contexts: ['interviewAsked', 'interviewPoints'],
    keys: {c: 'interviewClock'},
  },
  interviewPoints: {
    contexts: ['interviewAsked'],
    keys: {enter: 'interviewOn', space: 'interviewOn'},
    sign: 'enter space',
    hint: {sign: 'enter', rank: 4, goesOn: true},
  },
  interviewOn: {
    contexts: ['interviewList', 'interviewPoints', 'interviewRead'],
    keys: {enter: 'interviewOn'},
    hint: {rank: 4, goesOn: true},
  },
});
