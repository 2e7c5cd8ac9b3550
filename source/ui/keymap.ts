// The one table of keys: what the handler obeys, what the key line and the help show, what the README prints.
import {capturesKeys} from './captures-keys.ts';
import {exportKeys} from './export-keys.ts';
import {forkKeys} from './fork-keys.ts';
import {type Action, type KeyContext, type KeyEntry, keyContexts, untyped} from './key-entry.ts';
import {pickerKeys} from './picker-keys.ts';
import {playerKeys} from './player-keys.ts';
import {quizKeys} from './quiz-keys.ts';

/** Menu, Settings, and what works everywhere. */
const otherKeys: readonly KeyEntry[] = [
  {
    id: 'choose',
    contexts: ['menu', 'lessons', 'settings'],
    // ink-select-input moves the mark itself; it knows the same four keys.
    keys: {up: 'choose', k: 'choose', down: 'choose', j: 'choose'},
    sign: '↑ ↓',
    label: {en: 'choose (k j)', zh: '选择（k j）'},
    hint: {sign: '↑↓', label: {en: 'choose', zh: '选择'}, rank: 1},
  },
  {
    id: 'open',
    contexts: ['menu', 'lessons'],
    keys: {enter: 'open', right: 'forward', l: 'forward'},
    sign: 'enter',
    label: {en: 'open (→ l)', zh: '打开（→ l）'},
    hint: {sign: 'enter', label: {en: 'open', zh: '打开'}, rank: 2},
  },
  {
    id: 'change',
    contexts: ['settings'],
    // As in the menu, ink-select-input answers to enter.
    keys: {enter: 'open', right: 'change', l: 'change'},
    sign: 'enter',
    label: {en: 'change the setting (→ l)', zh: '更改设置（→ l）'},
    hint: {sign: 'enter', label: {en: 'change', zh: '更改'}, rank: 2},
  },
  {
    id: 'language',
    contexts: untyped,
    keys: {t: 'language'},
    sign: 't',
    label: {en: '中文', zh: 'English'},
    hint: {label: {en: '中文', zh: 'English'}, in: ['menu', 'lessons', 'settings'], rank: 70},
  },
  {
    id: 'theme',
    contexts: untyped,
    keys: {T: 'theme'},
    sign: 'T',
    label: {en: 'theme', zh: '配色'},
  },
  {
    id: 'help',
    contexts: untyped,
    keys: {'?': 'help'},
    sign: '?',
    label: {en: 'keys', zh: '按键'},
    // In the help itself `esc close` says what it does there.
    hint: {
      label: {en: 'keys', zh: '按键'},
      in: untyped.filter((context) => context !== 'help'),
      rank: 90,
      stays: true,
    },
  },
  {
    id: 'redraw',
    contexts: [...keyContexts],
    keys: {'ctrl-l': 'redraw'},
    sign: 'ctrl-l',
    label: {en: 'redraw', zh: '重画'},
  },
  {
    id: 'suspend',
    contexts: [...keyContexts],
    keys: {'ctrl-z': 'suspend'},
    sign: 'ctrl-z',
    label: {en: 'to the shell; fg returns', zh: '回到 shell，fg 返回'},
  },
  {
    id: 'quit',
    contexts: ['menu'],
    keys: {q: 'back', escape: 'back'},
    sign: 'q esc',
    label: {en: 'quit', zh: '退出'},
    hint: {sign: 'q', label: {en: 'quit', zh: '退出'}, rank: 95, stays: true},
  },
  {
    id: 'out',
    contexts: ['lessons'],
    keys: {q: 'back', escape: 'back', left: 'back', h: 'back'},
    sign: '←',
    label: {en: 'back (h q esc)', zh: '返回（h q esc）'},
    hint: {sign: '←', label: {en: 'back', zh: '返回'}, rank: 3},
  },
  {
    id: 'back',
    contexts: [
      'settings',
      'player',
      'question',
      'reply',
      'ending',
      'quiz',
      'quizSure',
      'quizReply',
      'quizResult',
      'review',
      'progress',
      'picker',
      'export',
      'replace',
      'captures',
    ],
    keys: {q: 'back', escape: 'back'},
    sign: 'q esc',
    label: {en: 'back', zh: '返回'},
    hint: {sign: 'q', label: {en: 'back', zh: '返回'}, rank: 95, stays: true},
  },
  {
    id: 'helpPage',
    contexts: ['help'],
    keys: {
      up: 'pageBack',
      k: 'pageBack',
      'page-up': 'pageBack',
      down: 'pageOn',
      j: 'pageOn',
      'page-down': 'pageOn',
    },
    sign: 'PgUp PgDn',
    label: {en: 'in the help: turn the page (↑ ↓ k j)', zh: '帮助里：翻页（↑ ↓ k j）'},
    hint: {sign: '↑↓', label: {en: 'page', zh: '翻页'}, rank: 3},
  },
  {
    id: 'lookUp',
    contexts: ['help'],
    keys: {'/': 'lookUp'},
    sign: '/',
    label: {en: 'in the help: find a word', zh: '帮助里：查术语'},
    hint: {label: {en: 'find a word', zh: '查术语'}, rank: 4},
  },
  {
    id: 'close',
    contexts: ['why', 'alter', 'forks', 'compare', 'help'],
    keys: {q: 'back', escape: 'back'},
    sign: 'q esc',
    label: {en: 'close', zh: '关闭'},
    hint: {sign: 'esc', label: {en: 'close', zh: '关闭'}, rank: 5},
  },
  {
    id: 'accept',
    contexts: ['typing', 'path'],
    keys: {enter: 'accept'},
    sign: 'enter',
    label: {en: 'while typing: take it', zh: '输入时：确定'},
    hint: {label: {en: 'take it', zh: '确定'}, rank: 1, goesOn: true},
  },
  {
    id: 'cancel',
    contexts: ['typing', 'path'],
    keys: {escape: 'back'},
    sign: 'esc',
    label: {en: 'while typing: cancel', zh: '输入时：取消'},
    hint: {label: {en: 'cancel', zh: '取消'}, rank: 2},
  },
  {
    id: 'leave',
    contexts: [...keyContexts],
    keys: {'ctrl-c': 'leave'},
    sign: 'ctrl-c',
    label: {en: 'leave, always', zh: '随时离开'},
  },
];

export const keymap: readonly KeyEntry[] = [
  ...playerKeys,
  ...forkKeys,
  ...quizKeys,
  ...pickerKeys,
  ...exportKeys,
  ...capturesKeys,
  ...otherKeys,
];

const byContext = new Map<KeyContext, ReadonlyMap<string, Action>>(
  keyContexts.map((context) => [
    context,
    new Map(
      keymap
        .filter((entry) => entry.contexts.includes(context))
        .flatMap((entry) => Object.entries(entry.keys)),
    ),
  ]),
);

export function actionFor(key: string, context: KeyContext): Action | undefined {
  return byContext.get(context)?.get(key);
}

/** All keys that do one of these somewhere. */
export function keysFor(actions: readonly Action[]): ReadonlySet<string> {
  const found = keymap
    .flatMap(({keys}) => Object.entries(keys))
    .filter(([, action]) => actions.includes(action));
  return new Set(found.map(([key]) => key));
}
