// The part of the key table for the page that lists the challenges, and for the page of a solved one.

import {challengeRows} from '../view/challenge/challenge-list.ts';
import {challengeKeysSentences as say} from '../words/catalogue/keys-challenge.ts';
import {movesMark} from './enabled.ts';
import {type Enabled, keyEntries} from './key-row.ts';
import {endKeys, markKeys, pageKeys} from './list-moves.ts';
import {closingOf} from './player.ts';

const opensChallenge: Enabled = ({state: {challenges}}) =>
  challenges !== undefined && challengeRows(challenges.list).length > 0;

const onSolved =
  (choice: 'share' | 'next'): Enabled =>
  ({state: {player}}) =>
    player?.run.challenge !== undefined &&
    (player.overlay?.kind === 'closing' || player.sawSolved === true) &&
    closingOf(player.run).includes(choice);

export const challengeKeys = keyEntries({contexts: ['challenges']}, say, {
  challengeMark: {...markKeys, enabled: movesMark, hint: {sign: '↑↓', rank: 1}},
  challengePage: {...pageKeys, enabled: movesMark},
  challengeEnds: {...endKeys, enabled: movesMark},
  challengeOpen: {
    keys: {enter: 'challengeOpen', right: 'challengeOpen', l: 'challengeOpen'},
    enabled: opensChallenge,
    hint: {rank: 2, goesOn: true},
  },
  challengeShare: {
    contexts: ['closing', 'player'],
    keys: {s: 'challengeShare'},
    enabled: onSolved('share'),
    hint: {in: ['closing'], rank: 5},
  },
  challengeNext: {
    contexts: ['closing'],
    keys: {n: 'challengeNext'},
    enabled: onSolved('next'),
    hint: {rank: 6},
  },
});
