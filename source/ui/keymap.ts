// The one table of keys: what the handler obeys, what the key line and the help show, what docs/keys.md prints.
import {keymapSentences} from '../words/catalogue/keys-table.ts';
import {capturesKeys} from './captures-keys.ts';
import {exportKeys} from './export-keys.ts';
import {forkKeys} from './fork-keys.ts';
import {interviewKeys} from './interview-keys.ts';
import {type Action, type KeyContext, type KeyEntry, keyContexts, untyped} from './key-entry.ts';
import {markKeys} from './list-moves.ts';
import {pickerKeys} from './picker-keys.ts';
import {playerKeys} from './player-keys.ts';
import {pointingKeys} from './pointing-keys.ts';
import {presentingKeys} from './presenting-keys.ts';
import {quizKeys} from './quiz-keys.ts';
import {searchKeys} from './search-keys.ts';

/** Menu, Settings, and what works everywhere. */
const otherKeys: readonly KeyEntry[] = [
  markKeys('choose', ['menu', 'lessons', 'settings'], keymapSentences.choose, {rank: 1}),
  {
    id: 'open',
    contexts: ['menu', 'lessons'],
    keys: {enter: 'forward', right: 'forward', l: 'forward'},
    sign: 'enter',
    label: keymapSentences.open.label,
    hint: {sign: 'enter', label: keymapSentences.open.hint.label, rank: 2},
  },
  {
    id: 'change',
    contexts: ['settings'],
    keys: {enter: 'change', right: 'change', l: 'change'},
    sign: 'enter',
    label: keymapSentences.change.label,
    hint: {sign: 'enter', label: keymapSentences.change.hint.label, rank: 2},
  },
  {
    id: 'language',
    contexts: untyped,
    keys: {t: 'language'},
    sign: 't',
    label: keymapSentences.language.label,
    hint: {label: keymapSentences.language.hint.label, in: ['menu', 'lessons', 'settings'], rank: 70},
  },
  {
    id: 'theme',
    contexts: untyped,
    keys: {T: 'theme'},
    sign: 'T',
    label: keymapSentences.theme.label,
  },
  {
    id: 'help',
    contexts: untyped,
    keys: {'?': 'help'},
    sign: '?',
    label: keymapSentences.help.label,
    // In the help itself `esc close` says what it does there.
    hint: {
      label: keymapSentences.help.hint.label,
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
    label: keymapSentences.redraw.label,
  },
  {
    id: 'suspend',
    contexts: [...keyContexts],
    keys: {'ctrl-z': 'suspend'},
    sign: 'ctrl-z',
    label: keymapSentences.suspend.label,
  },
  {
    id: 'mouse',
    contexts: untyped,
    keys: {},
    sign: 'mouse',
    label: keymapSentences.mouse.label,
  },
  {
    id: 'quit',
    contexts: ['menu'],
    keys: {q: 'back', escape: 'back'},
    sign: 'q esc',
    label: keymapSentences.quit.label,
    hint: {sign: 'q', label: keymapSentences.quit.hint.label, rank: 95, stays: true},
  },
  {
    id: 'out',
    contexts: ['lessons'],
    keys: {q: 'back', escape: 'back', left: 'back', h: 'back'},
    sign: '←',
    label: keymapSentences.out.label,
    hint: {sign: '←', label: keymapSentences.out.hint.label, rank: 3},
  },
  {
    id: 'back',
    contexts: [
      'settings',
      'player',
      'question',
      'reply',
      'ending',
      'opening',
      'closing',
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
      'interviewList',
      'interviewAsked',
      'interviewPoints',
    ],
    keys: {q: 'back', escape: 'back'},
    sign: 'q esc',
    label: keymapSentences.back.label,
    hint: {sign: 'q', label: keymapSentences.back.hint.label, rank: 95, stays: true},
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
    label: keymapSentences.helpPage.label,
    hint: {sign: '↑↓', label: keymapSentences.helpPage.hint.label, rank: 3},
  },
  {
    id: 'lookUp',
    contexts: ['help'],
    keys: {'/': 'lookUp'},
    sign: '/',
    label: keymapSentences.lookUp.label,
    hint: {label: keymapSentences.lookUp.hint.label, rank: 4},
  },
  {
    id: 'close',
    contexts: ['why', 'alter', 'forks', 'compare', 'pointing', 'help'],
    keys: {q: 'back', escape: 'back'},
    sign: 'q esc',
    label: keymapSentences.close.label,
    hint: {sign: 'esc', label: keymapSentences.close.hint.label, rank: 5},
  },
  {
    id: 'accept',
    contexts: ['typing', 'path'],
    keys: {enter: 'accept'},
    sign: 'enter',
    label: keymapSentences.accept.label,
    hint: {label: keymapSentences.accept.hint.label, rank: 1, goesOn: true},
  },
  {
    id: 'cancel',
    contexts: ['typing', 'path'],
    keys: {escape: 'back'},
    sign: 'esc',
    label: keymapSentences.cancel.label,
    hint: {label: keymapSentences.cancel.hint.label, rank: 2},
  },
  {
    id: 'leave',
    contexts: [...keyContexts],
    keys: {'ctrl-c': 'leave'},
    sign: 'ctrl-c',
    label: keymapSentences.leave.label,
  },
];

export const keymap: readonly KeyEntry[] = [
  ...playerKeys,
  ...forkKeys,
  ...pointingKeys,
  ...quizKeys,
  ...pickerKeys,
  ...exportKeys,
  ...capturesKeys,
  ...interviewKeys,
  ...searchKeys,
  ...presentingKeys,
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
