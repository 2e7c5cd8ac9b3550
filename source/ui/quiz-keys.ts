// The quiz's part of the key table.
import type {Action, KeyEntry} from './key-entry.ts';

const asking = ['quiz'] as const;

const keysTo = (keys: string, action: Action): {readonly [key: string]: Action} =>
  Object.fromEntries(Array.from(keys, (key) => [key, action]));

export const quizKeys: readonly KeyEntry[] = [
  {
    id: 'quizLetter',
    contexts: asking,
    keys: keysTo('abcdef', 'quizType'),
    sign: 'a–f',
    label: {en: 'answer', zh: '作答'},
    hint: {label: {en: 'answer', zh: '作答'}, rank: 1},
  },
  {
    id: 'quizDigit',
    contexts: asking,
    keys: keysTo('0123456789x', 'quizType'),
    sign: '0–9 x',
    label: {en: 'type a number (0x…: hexadecimal)', zh: '输入数字（0x… 为十六进制）'},
    hint: {sign: '0–9', label: {en: 'type', zh: '输入'}, rank: 1},
  },
  {
    id: 'quizMark',
    contexts: ['quiz', 'quizResult'],
    keys: {up: 'quizUp', k: 'quizUp', down: 'quizDown', j: 'quizDown'},
    sign: '↑ ↓',
    label: {en: 'choose (k j)', zh: '选择（k j）'},
    hint: {sign: '↑↓', label: {en: 'choose', zh: '选择'}, rank: 2},
  },
  {
    id: 'quizToggle',
    contexts: asking,
    keys: {space: 'quizToggle'},
    sign: 'space',
    label: {en: 'take the marked one, or leave it', zh: '选中或取消这一项'},
    hint: {label: {en: 'take', zh: '选中'}, rank: 3},
  },
  {
    id: 'quizTake',
    contexts: asking,
    keys: {enter: 'quizTake'},
    sign: 'enter',
    label: {en: 'that is the answer', zh: '就答这个'},
    hint: {label: {en: 'answer', zh: '确定'}, rank: 4, goesOn: true},
  },
  {
    id: 'quizErase',
    contexts: ['quiz', 'quizSure'],
    keys: {backspace: 'quizErase'},
    sign: 'backspace',
    label: {en: 'take back', zh: '撤回'},
    hint: {label: {en: 'take back', zh: '撤回'}, in: ['quizSure'], rank: 12},
  },
  {
    id: 'quizHint',
    contexts: asking,
    keys: {i: 'quizHint'},
    sign: 'i',
    label: {en: 'hint', zh: '提示'},
    hint: {label: {en: 'hint, counts half', zh: '提示，算半分'}, rank: 10},
  },
  {
    id: 'quizRun',
    contexts: ['quiz', 'quizReply'],
    keys: {p: 'quizRun'},
    sign: 'p',
    label: {en: 'open this run in the player', zh: '在播放器里打开这次运行'},
    hint: {label: {en: 'open this run', zh: '打开这次运行'}, rank: 14},
  },
  {
    id: 'quizSure',
    contexts: ['quizSure'],
    keys: {'1': 'sureYes', '2': 'sureThink', enter: 'sureThink', '3': 'sureGuess'},
    sign: '1 2 3',
    label: {en: 'sure, think so (enter), a guess', zh: '确定、大概（enter）、猜的'},
    hint: {label: {en: 'how sure', zh: '把握'}, rank: 1},
  },
  {
    id: 'quizOn',
    contexts: ['quizReply'],
    keys: {enter: 'quizOn', space: 'quizOn', right: 'quizOn'},
    sign: 'enter',
    label: {en: 'next question (space →)', zh: '下一题（space →）'},
    hint: {label: {en: 'next', zh: '下一题'}, rank: 1, goesOn: true},
  },
  {
    id: 'quizWhy',
    contexts: ['quizReply'],
    keys: {w: 'quizWhy'},
    sign: 'w',
    label: {en: 'why?', zh: '为什么？'},
    hint: {label: {en: 'why', zh: '为什么'}, rank: 2},
  },
  {
    id: 'quizSee',
    contexts: ['quizResult'],
    keys: {enter: 'quizRun'},
    sign: 'enter',
    label: {en: 'see the run', zh: '看这次运行'},
    hint: {label: {en: 'see the run', zh: '看这次运行'}, rank: 3},
  },
  {
    id: 'quizRepeat',
    contexts: ['quizResult'],
    keys: {r: 'quizRepeat'},
    sign: 'r',
    label: {en: 'repeat the wrong ones, with other numbers', zh: '换数字重做错题'},
    hint: {label: {en: 'repeat the wrong ones', zh: '重做错题'}, rank: 4},
  },
];
