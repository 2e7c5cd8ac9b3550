// The part of the key table for the page that opens a capture.
import type {KeyEntry} from './key-entry.ts';

const captures = ['captures'] as const;

export const capturesKeys: readonly KeyEntry[] = [
  {
    id: 'capturesMark',
    contexts: captures,
    keys: {up: 'capturesUp', k: 'capturesUp', down: 'capturesDown', j: 'capturesDown'},
    sign: '↑ ↓',
    label: {en: 'choose (k j)', zh: '选择（k j）'},
    hint: {sign: '↑↓', label: {en: 'choose', zh: '选择'}, rank: 1},
  },
  {
    id: 'capturesPage',
    contexts: captures,
    keys: {'page-up': 'capturesPageUp', 'page-down': 'capturesPageDown'},
    sign: 'PgUp PgDn',
    label: {en: 'a page up, down', zh: '上一页、下一页'},
  },
  {
    id: 'capturesEnds',
    contexts: captures,
    keys: {home: 'capturesFirst', g: 'capturesFirst', end: 'capturesLast', G: 'capturesLast'},
    sign: 'g G',
    label: {en: 'first, last (home end)', zh: '第一个、最后一个（home end）'},
  },
  {
    id: 'capturesOpen',
    contexts: captures,
    keys: {enter: 'capturesOpen', right: 'capturesOpen'},
    sign: 'enter',
    label: {en: 'open it (→)', zh: '打开（→）'},
    hint: {label: {en: 'open', zh: '打开'}, rank: 2, goesOn: true},
  },
  {
    id: 'capturesType',
    contexts: captures,
    keys: {'/': 'capturesType', '~': 'capturesType', '.': 'capturesType'},
    sign: '/',
    label: {en: 'type a path (~ .)', zh: '输入路径（~ .）'},
    hint: {label: {en: 'type a path', zh: '输入路径'}, rank: 3},
  },
  {
    id: 'complete',
    contexts: ['path'],
    keys: {tab: 'complete'},
    sign: 'tab',
    label: {en: 'typing: complete', zh: '输入时：补全'},
    hint: {label: {en: 'complete', zh: '补全'}, rank: 3},
  },
  {
    id: 'stopReading',
    contexts: ['reading'],
    keys: {q: 'stopReading', escape: 'stopReading'},
    sign: 'q',
    label: {en: 'reading: enough (esc)', zh: '读取时：到此为止（esc）'},
    hint: {label: {en: 'stop and show', zh: '停下并显示'}, rank: 1, stays: true},
  },
];
