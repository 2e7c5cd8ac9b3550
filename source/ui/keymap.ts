// The one table of keys: what the handler obeys, what the key line and the help show, what the README prints.
import type {Text} from '../lesson/lesson.ts';

/** What the keys mean depends on what is on the screen. */
const keyContexts = [
  'menu',
  'lessons',
  'settings',
  'player',
  'question',
  'reply',
  'why',
  'ending',
  'help',
] as const;
export type KeyContext = (typeof keyContexts)[number];

export type Action =
  | 'playPause'
  | 'stepBack'
  | 'stepForward'
  | 'beatBack'
  | 'beatForward'
  | 'start'
  | 'end'
  | 'faster'
  | 'slower'
  | 'packetUp'
  | 'packetDown'
  | 'why'
  | 'cause'
  | 'effect'
  | 'numbers'
  | 'panelNext'
  | 'panelPrevious'
  | 'panelNumbered'
  | 'markUp'
  | 'markDown'
  | 'openMarked'
  | 'openNumbered'
  | 'answer'
  | 'hint'
  | 'skip'
  | 'goOn'
  | 'choose'
  | 'change'
  | 'open'
  | 'forward'
  | 'language'
  | 'theme'
  | 'ascii'
  | 'help'
  | 'back'
  | 'redraw'
  | 'suspend'
  | 'leave';

export type KeyEntry = {
  readonly id: string;
  readonly contexts: readonly KeyContext[];
  /** Key name, as `keyName` makes it, to what it does. */
  readonly keys: {readonly [key: string]: Action};
  /** As the help shows them; the order of the table is its order. Further keys stand in the label. */
  readonly sign: string;
  readonly label: Text;
  /** Absent: not in the key line. */
  readonly hint?: {
    readonly sign?: string;
    readonly label: Text;
    /** In place of `label` while the run plays. */
    readonly playing?: Text;
    /** In place of `label` where the key opens a question, or what else could have happened. */
    readonly asking?: Text;
    /** In place of `label` where play has stopped for something to be read. */
    readonly reading?: Text;
    readonly ending?: Text;
    /** Absent: wherever the keys work. */
    readonly in?: readonly KeyContext[];
    /** The line shows them in ascending order, and drops the highest first: by `leaves`, where that differs. */
    readonly rank: number;
    readonly leaves?: number;
    /** Where the run waits for the reader, this is the key that goes on. */
    readonly goesOn?: true;
    /** Dropped after all others: whoever is lost needs it. */
    readonly stays?: true;
  };
};

const player = ['player'] as const;
const whileWatching = ['player', 'why', 'reply'] as const;
const whileStepping = ['player', 'why', 'reply', 'question'] as const;
const whilePicturing = ['player', 'reply', 'question'] as const;

const numbered = (action: Action): {readonly [key: string]: Action} =>
  Object.fromEntries(Array.from('123456789', (digit) => [digit, action]));

export const keymap: readonly KeyEntry[] = [
  {
    id: 'play',
    contexts: player,
    keys: {space: 'playPause'},
    sign: 'space',
    label: {en: 'play / pause', zh: '播放 / 暂停'},
    hint: {
      label: {en: 'play', zh: '播放'},
      playing: {en: 'pause', zh: '暂停'},
      reading: {en: 'go on', zh: '继续'},
      asking: {en: 'question', zh: '问题'},
      ending: {en: 'what if …', zh: '假如……'},
      rank: 10,
      goesOn: true,
    },
  },
  {
    id: 'again',
    contexts: ['ending'],
    keys: {space: 'playPause'},
    sign: 'space',
    label: {en: 'from the start', zh: '从头播放'},
    hint: {label: {en: 'again', zh: '重播'}, rank: 10},
  },
  {
    id: 'step',
    contexts: whileWatching,
    keys: {left: 'stepBack', h: 'stepBack', right: 'stepForward', l: 'stepForward'},
    sign: '← →',
    label: {en: 'step (h l)', zh: '单步（h l）'},
    hint: {sign: '←→', label: {en: 'step', zh: '单步'}, in: ['player', 'why'], rank: 20},
  },
  {
    id: 'lookBack',
    contexts: ['question', 'ending'],
    keys: {left: 'stepBack', h: 'stepBack', right: 'stepForward', l: 'stepForward'},
    sign: '← →',
    label: {en: 'look back (h l)', zh: '回看（h l）'},
    hint: {sign: '←', label: {en: 'look back', zh: '回看'}, rank: 4},
  },
  {
    id: 'beat',
    contexts: whileStepping,
    keys: {'[': 'beatBack', ']': 'beatForward'},
    sign: '[ ]',
    label: {en: 'beat before / after', zh: '前 / 后一段'},
    hint: {label: {en: 'beat', zh: '段落'}, in: player, rank: 21, leaves: 36},
  },
  {
    id: 'ends',
    contexts: whileStepping,
    keys: {g: 'start', home: 'start', G: 'end', end: 'end'},
    sign: 'g G',
    label: {en: 'start / end', zh: '开头 / 结尾'},
  },
  {
    id: 'speed',
    contexts: player,
    keys: {'+': 'faster', '=': 'faster', '-': 'slower', _: 'slower'},
    sign: '+ -',
    label: {en: 'speed 0.25× … 8×', zh: '速度 0.25× … 8×'},
    hint: {label: {en: 'speed', zh: '速度'}, rank: 60},
  },
  {
    id: 'packet',
    contexts: ['player', 'question'],
    keys: {up: 'packetUp', k: 'packetUp', down: 'packetDown', j: 'packetDown'},
    sign: '↑ ↓',
    label: {en: 'packet (k j)', zh: '选择分组（k j）'},
    hint: {sign: '↑↓', label: {en: 'packet', zh: '分组'}, in: player, rank: 40},
  },
  {
    id: 'panel',
    contexts: whilePicturing,
    keys: {tab: 'panelNext', 'shift-tab': 'panelPrevious'},
    sign: 'tab',
    label: {en: 'next panel (shift-tab)', zh: '下一个面板（shift-tab）'},
    hint: {label: {en: 'panel', zh: '面板'}, in: ['player', 'question'], rank: 35},
  },
  {
    id: 'panelNumber',
    contexts: whilePicturing,
    keys: numbered('panelNumbered'),
    sign: '1–9',
    label: {en: 'panel or what-if by number', zh: '按编号选面板或「假如」'},
  },
  {
    id: 'markWhatIf',
    contexts: ['ending'],
    keys: {up: 'markUp', k: 'markUp', down: 'markDown', j: 'markDown'},
    sign: '↑ ↓',
    label: {en: 'choose (k j)', zh: '选择（k j）'},
    hint: {sign: '↑↓', label: {en: 'choose', zh: '选择'}, rank: 1},
  },
  {
    id: 'openWhatIf',
    contexts: ['ending'],
    keys: {...numbered('openNumbered'), enter: 'openMarked'},
    sign: '1–9',
    label: {en: 'open the what-if (enter)', zh: '打开「假如」（enter）'},
    hint: {sign: 'enter', label: {en: 'open', zh: '打开'}, rank: 2, goesOn: true},
  },
  {
    id: 'why',
    contexts: whileWatching,
    keys: {w: 'why'},
    sign: 'w',
    label: {en: 'why?', zh: '为什么'},
    hint: {label: {en: 'why', zh: '为什么'}, in: ['player', 'reply'], rank: 30},
  },
  {
    id: 'cause',
    contexts: ['why'],
    keys: {'<': 'cause', ',': 'cause', '>': 'effect', '.': 'effect'},
    sign: '< >',
    label: {en: 'in why?: cause / effect', zh: '为什么：原因 / 结果'},
    hint: {label: {en: 'cause / effect', zh: '原因 / 结果'}, rank: 25},
  },
  {
    id: 'numbers',
    contexts: whileStepping,
    keys: {r: 'numbers'},
    sign: 'r',
    label: {en: 'relative / absolute', zh: '相对 / 绝对序号'},
  },
  {
    id: 'answer',
    contexts: ['question'],
    keys: {a: 'answer', b: 'answer', c: 'answer', d: 'answer', e: 'answer'},
    sign: 'a–e',
    label: {en: 'answer the question', zh: '回答问题'},
    hint: {label: {en: 'answer', zh: '作答'}, rank: 1, goesOn: true},
  },
  {
    id: 'hint',
    contexts: ['question'],
    keys: {i: 'hint'},
    sign: 'i',
    label: {en: 'hint', zh: '提示'},
    hint: {label: {en: 'hint', zh: '提示'}, rank: 2},
  },
  {
    id: 'skip',
    contexts: ['question'],
    keys: {s: 'skip'},
    sign: 's',
    label: {en: 'skip the question', zh: '跳过问题'},
    hint: {label: {en: 'skip', zh: '跳过'}, rank: 3},
  },
  {
    id: 'goOn',
    contexts: ['reply'],
    keys: {enter: 'goOn'},
    sign: 'enter',
    label: {en: 'go on; open a what-if', zh: '继续；打开「假如」'},
    hint: {label: {en: 'go on', zh: '继续'}, rank: 1, goesOn: true},
  },
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
    contexts: [...keyContexts],
    keys: {t: 'language'},
    sign: 't',
    label: {en: '中文', zh: 'English'},
    hint: {label: {en: '中文', zh: 'English'}, in: ['menu', 'lessons', 'settings'], rank: 70},
  },
  {
    id: 'theme',
    contexts: [...keyContexts],
    keys: {T: 'theme'},
    sign: 'T',
    label: {en: 'theme', zh: '配色'},
  },
  {
    id: 'ascii',
    // Above a question `a` is an answer.
    contexts: keyContexts.filter((context) => context !== 'question'),
    keys: {a: 'ascii'},
    sign: 'a',
    label: {en: 'ASCII', zh: 'ASCII 字符'},
  },
  {
    id: 'help',
    contexts: [...keyContexts],
    keys: {'?': 'help'},
    sign: '?',
    label: {en: 'keys', zh: '按键'},
    // In the help itself `esc close` says what it does there.
    hint: {
      label: {en: 'keys', zh: '按键'},
      in: keyContexts.filter((context) => context !== 'help'),
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
    contexts: ['settings', 'player', 'question', 'reply', 'ending'],
    keys: {q: 'back', escape: 'back'},
    sign: 'q esc',
    label: {en: 'back', zh: '返回'},
    hint: {sign: 'q', label: {en: 'back', zh: '返回'}, rank: 95, stays: true},
  },
  {
    id: 'close',
    contexts: ['why', 'help'],
    keys: {q: 'back', escape: 'back'},
    sign: 'q esc',
    label: {en: 'close', zh: '关闭'},
    hint: {sign: 'esc', label: {en: 'close', zh: '关闭'}, rank: 5},
  },
  {
    id: 'leave',
    contexts: [...keyContexts],
    keys: {'ctrl-c': 'leave'},
    sign: 'ctrl-c',
    label: {en: 'leave, always', zh: '随时离开'},
  },
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
