// The part of the key table for the page that tells what is in a capture.
import type {KeyEntry} from './key-entry.ts';

const picker = ['picker'] as const;

export const pickerKeys: readonly KeyEntry[] = [
  {
    id: 'pickerMark',
    contexts: picker,
    keys: {up: 'pickerUp', k: 'pickerUp', down: 'pickerDown', j: 'pickerDown'},
    sign: '↑ ↓',
    label: {en: 'choose (k j)', zh: '选择（k j）'},
    hint: {sign: '↑↓', label: {en: 'choose', zh: '选择'}, rank: 3, leaves: 80},
  },
  {
    id: 'pickerPage',
    contexts: picker,
    keys: {'page-up': 'pickerPageUp', 'page-down': 'pickerPageDown'},
    sign: 'PgUp PgDn',
    label: {en: 'a page up, down', zh: '上一页、下一页'},
  },
  {
    id: 'pickerEnds',
    contexts: picker,
    keys: {home: 'pickerFirst', g: 'pickerFirst', end: 'pickerLast', G: 'pickerLast'},
    sign: 'g G',
    label: {en: 'first, last (home end)', zh: '第一个、最后一个（home end）'},
  },
  {
    id: 'pickerPlay',
    contexts: picker,
    keys: {enter: 'pickerPlay', right: 'pickerPlay'},
    sign: 'enter',
    label: {en: 'play it alone (→)', zh: '单独播放（→）'},
    hint: {label: {en: 'play', zh: '播放'}, rank: 1, goesOn: true},
  },
  {
    id: 'pickerLesson',
    contexts: picker,
    keys: {l: 'pickerLesson'},
    sign: 'l',
    label: {en: 'open the lesson that explains it', zh: '打开讲解它的课程'},
    hint: {label: {en: 'lesson', zh: '看课程'}, rank: 2},
  },
  {
    id: 'pickerFilter',
    contexts: picker,
    keys: {'/': 'pickerFilter'},
    sign: '/',
    label: {en: 'only those with these words in them', zh: '只列出含有这些字的'},
    hint: {label: {en: 'filter', zh: '筛选'}, rank: 4},
  },
  {
    id: 'pickerSort',
    contexts: picker,
    keys: {s: 'pickerSort'},
    sign: 's',
    label: {en: 'order: number, packets, interest, duration', zh: '排序：编号、分组数、看点、历时'},
    hint: {label: {en: 'sort', zh: '排序'}, rank: 5},
  },
  {
    id: 'pickerExport',
    contexts: picker,
    keys: {e: 'pickerExport'},
    sign: 'e',
    label: {en: 'export it: form and name of the file', zh: '导出：选格式和文件名'},
    hint: {label: {en: 'export this one', zh: '导出这一个'}, rank: 6},
  },
];
