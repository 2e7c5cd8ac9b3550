// What the walk over challenges does next: on the way to a solution it makes the solution's next move by keys, otherwise it plays with what
// the screen offers: hosts and links, values within bounds and beyond, the segments of a host by hand, clicks.
import type {Challenge} from '../../../source/lesson/lesson.ts';
import type {Move} from '../../../source/lesson/move.ts';
import type {Settable} from '../../../source/lesson/settable.ts';
import type {AppState} from '../../../source/ui/app-state.ts';
import {settablesNow} from '../../../source/ui/fork-world.ts';
import type {KeyContext} from '../../../source/ui/key-entry.ts';
import type {PlayerState} from '../../../source/ui/player.ts';
import {isSamePart, partsOf} from '../../../source/view/forks/parts.ts';
import {chosenIn, enterDoes, varyRows} from '../../../source/view/forks/vary.ts';
import type {Chance} from './chance.ts';
import type {Now} from './sitting.ts';
import {type Step, stepFor} from './steps.ts';

const rubbish = [
  '',
  '-1',
  '0',
  '1e9',
  '99999999999999',
  '9h',
  '101%',
  '0.0000001%',
  'NaN',
  'true',
  'rubbish',
];
const more = [
  'x'.repeat(3000),
  '握手',
  '💥',
  '1,2,3',
  'a=b',
  '80 ms',
  '\u202e',
  '\x1b[2J',
  'linux',
  'off',
  '5..5s',
];

/** Values for a setting: sensible ones, its bounds, and what is none. */
const valueFor = (chance: Chance, settable: Settable | undefined): string => {
  const {steps = [], bounds} = settable ?? {};
  const ends = [bounds?.least, bounds?.most, ...(bounds?.choices ?? [])].flatMap((each) => each ?? []);
  const within = [...steps, ...ends];
  if (within.length > 0 && chance.percent(50)) return chance.of(within);
  const end = chance.of([...ends, '1']);
  return chance.of([...rubbish, ...more, `${end}9`, `9${end}`, `-${end}`, `${end}0`, `0${end}`]);
};

const key = (name: string): Step => ({key: name});

/** Biased keys by what is on the screen; what is missing here is left to `stepFor`. */
const liked: {readonly [context in KeyContext | 'challenge']?: readonly string[]} = {
  menu: ['down', 'up', 'enter', 'down'],
  challenges: ['down', 'up', 'enter', 'page-down', 'G', 'g', '?', '/'],
  opening: ['space', 'enter', 'right'],
  parts: ['left', 'right', 'right', 'x', 'x', 'enter', 'down', 'up', 'X', 'space'],
  vary: ['up', 'down', 'down', 'down', 'left', 'right', 'right', 'enter', 'enter', '1', '9', 'c'],
  alter: ['up', 'down', 'left', 'right', 'enter', 'enter', '5'],
  forks: ['up', 'down', 'enter', 'd', 'u', 'ctrl-r', 'y'],
  compare: ['left', 'right', 'n', 'N', 'w', 'tab', 'enter', 'd', 'g', 'G'],
  closing: ['s', 'n', 'enter', 'down', 'up', 'c', 's'],
  player: [
    'X',
    'X',
    'up',
    'up',
    'down',
    'x',
    'G',
    'g',
    'right',
    'left',
    'f',
    'd',
    'u',
    'ctrl-r',
    'space',
    '2',
    'D',
  ],
  challenge: [
    ...['X', 'X', 'x', 'x', '2', '2', 'enter', 'enter', 'enter', 'G', 'G', 'g', 'u', 'ctrl-r', 'i', 'space'],
    ...[
      'up',
      'down',
      'j',
      'k',
      'down',
      'right',
      'left',
      'f',
      'd',
      'n',
      's',
      'w',
      'tab',
      '1',
      '0',
      'backspace',
    ],
  ],
};

const segmentKeys = [
  'up',
  'down',
  'down',
  'left',
  'right',
  'right',
  'enter',
  'enter',
  'G',
  'u',
  '1',
  '9',
  'backspace',
  'x',
  'X',
];

const typedStep = (chance: Chance, player: PlayerState): Step => {
  const {overlay} = player;
  const place = overlay?.kind === 'vary' ? overlay.state.place : undefined;
  if (chance.percent(35)) return key('enter');
  if (chance.percent(40))
    return key(chance.of(['backspace', 'escape', 'escape', 'ctrl-u', 'ctrl-u', 'tab', 'left']));
  const all = settablesNow(player);
  const settable = all.find((each) => each.place === place) ?? (all.length > 0 ? chance.of(all) : undefined);
  return {paste: valueFor(chance, settable)};
};

/** The key that brings a list's mark from one row to another. */
const towards = (from: number, to: number, [back, on] = ['up', 'down']): Step | undefined =>
  from === to ? undefined : key(from < to ? (on ?? '') : (back ?? ''));

const digitsOf = (value: number): readonly string[] => [...String(value)];

/** The next key on the way to a setting: to its host or link, to its row, to its value. */
const setStep = (player: PlayerState, {place, value}: {place: string; value: string}): Step | undefined => {
  const {overlay, run} = player;
  const all = settablesNow(player);
  const settable = all.find((each) => each.place === place);
  if (settable === undefined) return undefined;
  if (overlay === undefined) return key('X');
  if (overlay.kind === 'parts') {
    const parts = partsOf(run.trace);
    const at = (part: Settable['of']): number => parts.findIndex((each) => isSamePart(each, part));
    return towards(at(overlay.part), at(settable.of), ['left', 'right']) ?? key('x');
  }
  if (overlay.kind !== 'vary') return key('escape');
  const {state} = overlay;
  const rows = varyRows(all, state.part).flatMap((row) => ('settable' in row ? [row.settable.place] : []));
  if (!rows.includes(place)) return key('escape');
  const marked = state.place === undefined ? 0 : rows.indexOf(state.place);
  const step = state.typed === undefined ? towards(marked, rows.indexOf(place)) : undefined;
  if (step) return step;
  if (state.typed !== undefined) {
    if (state.typed === value) return key('enter');
    return value.startsWith(state.typed) ? {paste: value.slice(state.typed.length)} : key('backspace');
  }
  const own = chosenIn(state, place);
  if (own === value) return key('enter');
  if (enterDoes(settable, state) === 'type') return key('enter');
  const {steps} = settable;
  return towards(steps.indexOf(own ?? settable.value), steps.indexOf(value), ['left', 'right']);
};

type TurnPanel = {marked?: number; flags?: readonly string[]; seq?: number; ack?: number; typed?: boolean};
const isTurnPanel = (own: unknown): own is TurnPanel => typeof own === 'object' && own !== null;
const flagRows = ['SYN', 'ACK', 'FIN', 'RST'];

/** The next key on the way to a segment of the learner's own: each flag, then each number. */
const answerStep = (
  {playback, context}: PlayerState,
  answer: Extract<Move, {kind: 'answer'}>['answer'],
): Step => {
  if (playback.viewMs < context.pacing.durationMs) return key('G');
  if (playback.focus !== 'turn') return key('2');
  const kept = playback.own['turn'];
  const own = isTurnPanel(kept) ? kept : {};
  const {marked = 0, flags = []} = own;
  const wrong = flagRows.findIndex(
    (flag) => answer.flags.some((each) => each === flag) !== flags.includes(flag),
  );
  if (wrong >= 0) return towards(marked, wrong) ?? key('right');
  for (const [row, name] of [
    [4, 'seq'],
    [5, 'ack'],
  ] as const) {
    if (own[name] === answer[name]) continue;
    const step = towards(marked, row);
    if (step) return step;
    const [digit = '0'] = digitsOf(answer[name]).slice(own.typed ? digitsOf(own[name] ?? 0).length : 0);
    return key(digit);
  }
  return key('enter');
};

const faultStep = (player: PlayerState, packet: number, kind: string): Step | undefined => {
  const {overlay, playback} = player;
  if (overlay?.kind === 'alter') {
    const {kinds, kind: marked} = overlay.state;
    const all: readonly string[] = kinds;
    return all.includes(kind) ? (towards(all.indexOf(marked), all.indexOf(kind)) ?? key('enter')) : undefined;
  }
  if (overlay) return key('escape');
  if (playback.focus !== 'ladder') return key('1');
  return towards(playback.selection.packet ?? 0, packet) ?? key('x');
};

/** The next key towards the solution; undefined if there is none that it knows. */
const solvingStep = (
  player: PlayerState,
  {solution = []}: Challenge,
  made: readonly Move[],
): Step | undefined => {
  const {overlay, playback} = player;
  if (overlay?.kind === 'opening') return key('space');
  if (overlay?.kind === 'closing') return undefined;
  const next = solution[made.length];
  if (next === undefined) return playback.ending ? undefined : key('G');
  if (next.kind === 'set') return setStep(player, next.setting);
  if (next.kind === 'answer') return overlay ? key('escape') : answerStep(player, next.answer);
  if (next.kind === 'fault' && next.fault.at.packet !== undefined)
    return faultStep(player, next.fault.at.packet, next.fault.kind);
  return undefined;
};

const clickFor = (chance: Chance, {size}: Now, last: Step | undefined): Step => {
  if (last && 'did' in last && chance.percent(50)) return last;
  const did = chance.percent(80) ? 'click' : chance.of(['up', 'down'] as const);
  return {did, row: 1 + chance.below(size.rows), column: 1 + chance.below(size.columns)};
};

const toChallenges = ({menu}: AppState): Step => key(menu.item === 'challenges' ? 'enter' : 'down');

/** `solves`: this sitting is on the way to the solution, but for slips. */
export const goalStepFor = (
  chance: Chance,
  context: KeyContext,
  now: Now,
  {solves, last}: {readonly solves: boolean; readonly last: Step | undefined},
): Step => {
  const {player, screen} = now.state;
  const challenge = player?.run.challenge;
  if (player && challenge && solves && screen === 'player' && chance.percent(94)) {
    const step = solvingStep(player, challenge.challenge, challenge.moves);
    if (step) return step;
  }
  if (chance.percent(6)) return clickFor(chance, now, last);
  if (chance.percent(20)) return stepFor(chance, context);
  if (context === 'menu' && chance.percent(75)) return toChallenges(now.state);
  if (context === 'typing' && player) return typedStep(chance, player);
  const isTurn = context === 'player' && player?.playback.focus === 'turn';
  const keys = isTurn ? segmentKeys : liked[context === 'player' && challenge ? 'challenge' : context];
  return keys && chance.percent(85) ? key(chance.of(keys)) : stepFor(chance, context);
};
