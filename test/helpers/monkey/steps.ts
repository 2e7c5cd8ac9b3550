// What the monkey does next: keys by the key table of what is on the screen, panel keys, text, pastes, resizes, time.

import type {KeyContext} from '../../../source/ui/key-entry.ts';
import {pasteName} from '../../../source/ui/key-name.ts';
import {keymap} from '../../../source/ui/keymap.ts';
import type {Mouse} from '../../../source/ui/typed.ts';
import {panels} from '../../../source/view/panels/registry.ts';
import type {Chance} from './chance.ts';

export type Step =
  /** A click, or a turn of the wheel. */
  | Mouse
  | {readonly key: string}
  | {readonly paste: string}
  | {readonly columns: number; readonly rows: number}
  /** Milliseconds that go by. */
  | {readonly waitMs: number};

/** Ways out end a sitting: they are rare, so that there is one. */
const rare = new Set(['q', 'escape', 'ctrl-c', 'ctrl-z', 'left', 'h']);
const never = new Set(['ctrl-c', 'ctrl-z']);

const keysByContext = new Map<KeyContext, readonly string[]>();

const keysIn = (context: KeyContext): readonly string[] => {
  const known = keysByContext.get(context);
  if (known) return known;
  const keys = keymap
    .filter(({contexts}) => contexts.includes(context))
    .flatMap((entry) => Object.keys(entry.keys))
    .filter((key) => !never.has(key));
  keysByContext.set(context, keys);
  return keys;
};

const panelKeys = [...new Set(panels.flatMap(({keys}) => keys.flatMap((entry) => Object.keys(entry.keys))))];

/** Typed into searches, filters, paths, numbers. */
const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGNRT0123456789.,;:/=&|!()<>[]"\'~-_ 握手分组'];
const texts = [
  ...['syn', 'tcp.len > 0', 'tcp.flags.syn == 1 && ip', 'dns', '((((', '1001', '-34', '999999999999'],
  ...[
    '../',
    '~/',
    './captures',
    'x'.repeat(300),
    'q\rq\rq',
    '\x1b[31mred\x1b[0m',
    '握手',
    '\u202e',
    'a b\tc',
  ],
];

const sizes = [1, 2, 3, 5, 10, 20, 24, 40, 59, 60, 79, 80, 100, 110, 119, 120, 200];
const heights = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 24, 30, 40, 60];

const keyFor = (chance: Chance, context: KeyContext): string => {
  const typed = context === 'typing' || context === 'path';
  if (typed && chance.percent(70)) return letterKey(chance);
  for (;;) {
    const key = chance.percent(75)
      ? chance.of(keysIn(context))
      : chance.percent(70)
        ? chance.of(panelKeys)
        : letterKey(chance);
    if (!rare.has(key) || chance.percent(15)) return key;
  }
};

const letterKey = (chance: Chance): string => {
  const letter = chance.of(letters);
  return letter === ' ' ? 'space' : letter;
};

export const stepFor = (chance: Chance, context: KeyContext): Step => {
  const kind = chance.below(1000);
  if (kind < 30) return {columns: chance.of(sizes), rows: chance.of(heights)};
  if (kind < 50) return {columns: 80, rows: 24};
  if (kind < 65) return {paste: chance.of(texts)};
  if (kind < 250) return {waitMs: 1 + chance.below(3000)};
  return {key: keyFor(chance, context)};
};

/** The names that the app knows it by. */
export const pressedBy = (step: Step): string | undefined =>
  'key' in step ? step.key : 'paste' in step ? pasteName(step.paste) : undefined;
