// Groups the keys for the help: the ten that everybody needs, then the others by their purpose.
import {helpGroups} from '../words/catalogue/keys-table.ts';
import type {KeyEntry} from './key-row.ts';

type HelpGroup = 'first' | keyof typeof helpGroups;

/** The ids of the key table's entries by group of the help page, in order; an entry in no group is shown at the end of the first group. */
const ranked: {readonly [group in HelpGroup]: readonly string[]} = {
  first: [
    ...['play', 'step', 'packet', 'answer', 'why', 'point', 'alter', 'compare', 'bytes'],
    ...['quizLetter', 'quizDigit', 'quizMark', 'quizToggle', 'quizTake', 'quizHint', 'quizRun'],
    ...['quizSure', 'quizWhy', 'back'],
  ],
  moving: ['beat', 'again', 'ends', 'event', 'bookmark', 'speed'],
  looking: [
    'panel',
    'panelNumber',
    'graph',
    'cache',
    'card',
    'link',
    'deepen',
    'openKeys',
    'cause',
    'numbers',
    'allValues',
    'eyes',
  ],
  asking: [
    ...['hint', 'skip', 'goOn', 'check', 'quizAll', 'watch', 'predict', 'beginAnew'],
    ...[
      'quizErase',
      'quizRepeat',
      'quizAgain',
      'quizMend',
      'startReview',
      'quizLater',
      'challengeShare',
      'challengeNext',
      'exportProgress',
      'otherPage',
    ],
  ],
  runs: [
    'parts',
    'partOpen',
    'partLeave',
    'partPlay',
    'forks',
    'undo',
    'alterType',
    'alterDo',
    'difference',
    'copyCode',
    'endCompare',
    'simulate',
  ],
  always: [
    ...[
      'language',
      'theme',
      'help',
      'helpPage',
      'lookUp',
      'searchAnywhere',
      'mouse',
      'cancel',
      'redraw',
      'suspend',
      'leave',
    ],
  ],
};

const isRest = (name: string): name is keyof typeof helpGroups => Object.hasOwn(helpGroups, name);
export const restOfGroups = Object.keys(ranked).filter(isRest);

export const keysOfGroup = (group: HelpGroup, entries: readonly KeyEntry[]): readonly KeyEntry[] => {
  const rankOf = ({id}: KeyEntry): number => ranked[group].indexOf(id);
  const elsewhere = ({id}: KeyEntry): boolean => restOfGroups.some((name) => ranked[name].includes(id));
  const unnamed = entries.filter((entry) => group === 'first' && rankOf(entry) < 0 && !elsewhere(entry));
  const named = entries.filter((entry) => rankOf(entry) >= 0);
  return [...named.toSorted((one, other) => rankOf(one) - rankOf(other)), ...unnamed];
};
