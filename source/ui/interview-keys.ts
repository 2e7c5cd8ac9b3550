// The interview's part of the key table.
import {interviewKeysSentences as say} from '../words/catalogue/keys-table.ts';
import type {KeyEntry} from './key-entry.ts';
import {markKeys} from './list-moves.ts';

const points = ['interviewPoints'] as const;

export const interviewKeys: readonly KeyEntry[] = [
  markKeys('interviewMark', ['interviewList', ...points], say.interviewMark, {rank: 6, leaves: 80}),
  {
    id: 'interviewTick',
    contexts: points,
    keys: {space: 'interviewTick'},
    sign: 'space',
    label: say.interviewTick.label,
    hint: {label: say.interviewTick.hint.label, rank: 1},
  },
  {
    id: 'interviewShow',
    contexts: points,
    keys: {s: 'interviewShow'},
    sign: 's',
    label: say.interviewShow.label,
    hint: {label: say.interviewShow.hint.label, rank: 2},
  },
  {
    id: 'interviewAnswer',
    contexts: points,
    keys: {a: 'interviewAnswer'},
    sign: 'a',
    label: say.interviewAnswer.label,
    hint: {label: say.interviewAnswer.hint.label, rank: 3},
  },
  {
    id: 'interviewPoints',
    contexts: ['interviewAsked'],
    keys: {enter: 'interviewOn', space: 'interviewOn'},
    sign: 'enter space',
    label: say.interviewPoints.label,
    hint: {sign: 'enter', label: say.interviewPoints.hint.label, rank: 4, goesOn: true},
  },
  {
    id: 'interviewOn',
    contexts: ['interviewList', ...points],
    keys: {enter: 'interviewOn'},
    sign: 'enter',
    label: say.interviewOn.label,
    hint: {label: say.interviewOn.hint.label, rank: 4, goesOn: true},
  },
];
