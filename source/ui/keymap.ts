// The only table of keys: the code that handles keys obeys it, the key line and the help show it, docs/keys.md prints it.
import {keymapSentences} from '../words/catalogue/keys-table.ts';
import {capturesKeys} from './captures-keys.ts';
import {challengeKeys} from './challenge-keys.ts';
import {looksUp, movesMark, opensRow} from './enabled.ts';
import {exportKeys} from './export-keys.ts';
import {forkKeys} from './fork-keys.ts';
import {interviewKeys} from './interview-keys.ts';
import {type Action, type KeyContext, keyContexts, untyped} from './key-entry.ts';
import {type Enabled, type KeyEntry, keyEntries} from './key-row.ts';
import {markKeys} from './list-moves.ts';
import {pickerKeys} from './picker-keys.ts';
import {playerKeys} from './player-keys.ts';
import {pointingKeys} from './pointing-keys.ts';
import {presentingKeys} from './presenting-keys.ts';
import {quizKeys} from './quiz-keys.ts';
import {searchKeys} from './search-keys.ts';
import {nextLanguage} from './settings.ts';

const words = {...keymapSentences, language: {label: nextLanguage, hint: {label: nextLanguage}}};

/** The contexts of things that cover the screen until the reader closes them, such as the help or *Why?*. */
export const overTheScreen: readonly KeyContext[] = [
  'why',
  'alter',
  'parts',
  'vary',
  'forks',
  'compare',
  'pointing',
  'help',
];
const leavesOtherwise: readonly KeyContext[] = ['menu', 'lessons', 'reading', ...overTheScreen];

/** The entries for the keys of the menu and Settings, and for keys that work everywhere. */
const otherKeys = keyEntries({contexts: untyped}, words, {
  choose: {
    contexts: ['menu', 'lessons', 'settings'],
    ...markKeys,
    enabled: movesMark,
    hint: {sign: '↑↓', rank: 1},
  },
  open: {
    contexts: ['menu', 'lessons'],
    keys: {enter: 'forward', right: 'forward', l: 'forward'},
    enabled: opensRow,
    hint: {rank: 2},
  },
  change: {
    contexts: ['settings'],
    keys: {enter: 'change', right: 'change', l: 'change'},
    hint: {rank: 2},
  },
  language: {
    keys: {t: 'language'},
    hint: {in: ['menu', 'lessons', 'settings'], rank: 70},
  },
  theme: {
    keys: {T: 'theme'},
  },
  help: {
    keys: {'?': 'help'},

    // The key line of the help has `esc close` as an entry of its own, so it does not show `?`.
    hint: {in: untyped.filter((context) => context !== 'help'), rank: 90, stays: true},
  },
  redraw: {
    contexts: [...keyContexts],
    keys: {'ctrl-l': 'redraw'},
  },
  suspend: {
    contexts: [...keyContexts],
    keys: {'ctrl-z': 'suspend'},
  },
  mouse: {
    keys: {},
    sign: 'mouse',
  },
  quit: {
    contexts: ['menu'],
    keys: {q: 'back'},
    hint: {rank: 95, stays: true},
  },
  out: {
    contexts: ['lessons'],
    keys: {q: 'back', escape: 'back', left: 'back', h: 'back'},
    sign: '←',
    hint: {rank: 3},
  },
  back: {
    contexts: untyped.filter((context) => !leavesOtherwise.includes(context)),
    keys: {q: 'back', escape: 'back'},
    sign: 'q esc',
    hint: {sign: 'q', rank: 95, stays: true},
  },
  helpPage: {
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
    hint: {sign: '↑↓', rank: 3},
  },
  lookUp: {
    contexts: ['help'],
    keys: {'/': 'lookUp'},
    enabled: looksUp,
    hint: {rank: 4},
  },
  close: {
    contexts: overTheScreen,
    keys: {q: 'back', escape: 'back'},
    sign: 'q esc',
    hint: {sign: 'esc', rank: 5},
  },
  accept: {
    contexts: ['typing', 'path'],
    keys: {enter: 'accept'},
    hint: {rank: 1, goesOn: true},
  },
  cancel: {
    contexts: ['typing', 'path'],
    keys: {escape: 'back'},
    sign: 'esc',
    hint: {rank: 2},
  },
  leave: {
    contexts: [...keyContexts],
    keys: {'ctrl-c': 'leave'},
  },
});

export const keymap: readonly KeyEntry[] = [
  ...playerKeys,
  ...forkKeys,
  ...pointingKeys,
  ...quizKeys,
  ...pickerKeys,
  ...exportKeys,
  ...capturesKeys,
  ...challengeKeys,
  ...interviewKeys,
  ...searchKeys,
  ...presentingKeys,
  ...otherKeys,
];

type Known = {readonly entry: KeyEntry; readonly action: Action};

const byContext = new Map<KeyContext, ReadonlyMap<string, Known>>(
  keyContexts.map((context) => [
    context,
    new Map(
      keymap
        .filter((entry) => entry.contexts.includes(context))
        .flatMap((entry) =>
          Object.entries(entry.keys).map(([key, action]) => [key, {entry, action}] as const),
        ),
    ),
  ]),
);

export const actionFor = (key: string, context: KeyContext): Action | undefined =>
  byContext.get(context)?.get(key)?.action;

/** Tells whether the key table has the key in that context, and the key would do anything in the present state. */
export const isEnabled = (key: string, context: KeyContext, now: Parameters<Enabled>[0]): boolean => {
  const known = byContext.get(context)?.get(key);
  return known?.entry.enabled(now, known.action, key) === true;
};

/** Returns the names of all keys that perform one of these actions in any context. */
export function keysFor(actions: readonly Action[]): ReadonlySet<string> {
  const found = keymap
    .flatMap(({keys}) => Object.entries(keys))
    .filter(([, action]) => actions.includes(action));
  return new Set(found.map(([key]) => key));
}
