// The app without a terminal: where each key leads, and what it asks of the world.

import {readFileSync} from 'node:fs';
import {expect, test, vi} from 'vitest';
import type {Card} from '../../source/lesson/data.ts';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {Judgement} from '../../source/lesson/judge.ts';
import type {Challenge} from '../../source/lesson/lesson.ts';
import {loadLesson} from '../../source/lesson/load.ts';
import type {Move} from '../../source/lesson/move.ts';
import type {OpenedRun, OpenResult} from '../../source/ui/opened-run.ts';
import {chooseRow, setUp} from '../helpers/controlled.ts';
import {starScenario} from '../helpers/networks.ts';
import {handshakeRun} from '../helpers/render.ts';
import {run as runOf} from '../helpers/traces.ts';

const player = {initial: {screen: 'player', run: handshakeRun()}} as const;

test('menu: q quits when it is pressed again, ctrl-c is told apart from it', () => {
  const {press, exit} = setUp();
  press('q');
  expect(exit).not.toHaveBeenCalled();
  press('q');
  expect(exit).toHaveBeenLastCalledWith('quit');
  press('ctrl-c');
  expect(exit).toHaveBeenLastCalledWith('interrupted');
});

test('menu: into the tracks, into the lessons, and out again', () => {
  const {controller, press, context, exit} = setUp();
  chooseRow(controller, 'lessons');
  expect(press('up', 'down').menu.level).toBe('tracks');
  chooseRow(controller, 'tcp-close');
  expect(press().menu).toMatchObject({level: 'lessons', lesson: 'teardown'});
  expect(context()).toBe('lessons');
  expect(press('left').menu.level).toBe('tracks');
  expect(press('escape').menu.level).toBe('main');
  expect(exit).not.toHaveBeenCalled();
});

test('a lesson opens over the menu, and q leads back to it', async () => {
  const openLesson = vi.fn(() => ({run: handshakeRun()}));
  const {controller, press} = setUp({openLesson});
  chooseRow(controller, 'watch');
  expect(controller.get().opening).toBe('handshake');
  await vi.waitUntil(() => controller.get().screen === 'player');
  expect(openLesson).toHaveBeenCalledExactlyOnceWith('handshake');
  expect(controller.get().player?.playback.playing).toBe(true);
  expect(press('q')).toMatchObject({screen: 'menu', player: undefined, opening: undefined});
});

test('keys pressed while a lesson is being opened count', async () => {
  let open = () => {};
  const loading = new Promise<OpenResult>((resolve) => {
    open = () => resolve({run: handshakeRun()});
  });
  const openLesson = vi.fn(() => loading);
  const {controller, press} = setUp({openLesson});
  chooseRow(controller, 'watch');
  chooseRow(controller, 'watch');
  press('t');
  open();
  await vi.waitUntil(() => controller.get().screen === 'player');
  expect(openLesson).toHaveBeenCalledOnce();
  expect(controller.get().player?.playback.language).toBe('zh');
});

test('a lesson that cannot be opened leaves a message until the next key', async () => {
  const message = everywhere({en: 'no lesson handshake', zh: '没有这一课'});
  const {controller, press} = setUp({openLesson: (): OpenResult => ({message})});
  chooseRow(controller, 'watch');
  await vi.waitUntil(() => controller.get().message !== undefined);
  expect(controller.get()).toMatchObject({screen: 'menu', message});
  expect(press('x').message).toBeUndefined();
});

test('a lesson that throws costs the opening: a message, and the menu listens', async () => {
  const {controller, exit} = setUp({openLesson: () => Promise.reject(new Error('a bug'))});
  chooseRow(controller, 'watch');
  await vi.waitUntil(() => controller.get().failed !== undefined);
  expect(controller.get()).toMatchObject({
    screen: 'menu',
    opening: undefined,
    failed: {error: new Error('a bug')},
  });
  expect(exit).not.toHaveBeenCalled();
});

test('a player that the shell opened goes back to the shell', () => {
  const {press, exit} = setUp(player);
  press('q');
  expect(exit).toHaveBeenCalledWith('quit');
});

test('esc closes what is on top first: help, then why, then the player', () => {
  const {press, context, exit} = setUp(player);
  press('w', '?');
  expect(context()).toBe('help');
  press('escape');
  expect(context()).toBe('why');
  press('escape');
  expect(context()).toBe('player');
  expect(exit).not.toHaveBeenCalled();
});

test('a question: the keys below it answer, and the reply waits for enter', () => {
  const {press, context} = setUp(player);
  press('G');
  // The narration on the way is read first.
  while (context() === 'player') press(']');
  expect(context()).toBe('question');
  const before = press('space', 'x', 'right');
  expect(before.player?.playback).toMatchObject({playing: false, answers: {}});
  expect(press('b').player?.playback.answers).toEqual({1: {choice: 'b'}});
  expect(context()).toBe('reply');
  press('enter');
  expect(context()).toBe('player');
});

test('settings: enter takes the next value, and q returns to the menu', () => {
  const {controller, press} = setUp();
  chooseRow(controller, 'settings');
  expect(controller.get().screen).toBe('settings');
  chooseRow(controller, 'motion');
  expect(press('right').preferences.motion).toBe('none');
  expect(press('right').preferences.motion).toBe('full');
  expect(press('q').screen).toBe('menu');
});

test('ctrl-z hands the terminal over, and nothing moves meanwhile', async () => {
  const {controller, press, suspend} = setUp(player);
  let back = () => {};
  suspend.mockImplementation(
    () =>
      new Promise((resolve) => {
        back = resolve;
      }),
  );
  expect(press('ctrl-z').suspended).toBe(true);
  back();
  await vi.waitUntil(() => !controller.get().suspended);
});

test('ctrl-l redraws', () => {
  const {press, redraw} = setUp();
  press('ctrl-l');
  expect(redraw).toHaveBeenCalledOnce();
});

test('tab goes round the panels, shift-tab the other way, a number straight there', () => {
  const {press} = setUp(player);
  const focus = (...keys: readonly string[]) => press(...keys).player?.playback.focus;
  const ring = ['endpoints', 'list', 'diagram', 'narration', 'timeline', 'ladder'];
  for (const name of ring) expect(focus('tab')).toBe(name);
  for (const name of ring.toReversed().slice(1)) expect(focus('shift-tab')).toBe(name);
  expect(focus('2')).toBe('endpoints');
  expect(focus('9')).toBe('endpoints');
  expect(focus('1')).toBe('ladder');
});

const whatIf = everywhere({en: 'The SYN is lost', zh: 'SYN 丢失'});
const lesson: OpenedRun = {
  ...handshakeRun({asks: false}),
  at: {us: 150_000},
  whatIfs: [whatIf, whatIf],
  openWhatIf: vi.fn((index: number) => ({
    run: {...handshakeRun({asks: false}), source: `what-if ${index + 1}`},
  })),
};

test('the end of a lesson opens a what-if, and q leads back to where it was chosen', async () => {
  const {press, context, controller, exit} = setUp({initial: {screen: 'player', run: lesson}});
  press('+', 'space');
  expect(context()).toBe('ending');
  press('2');
  await vi.waitUntil(() => controller.get().player?.run.source === 'what-if 2');
  expect(lesson.openWhatIf).toHaveBeenLastCalledWith(1);
  expect(controller.get().player?.playback).toMatchObject({playing: true, viewMs: 0, speed: 2});
  press('t', 'q');
  expect(context()).toBe('ending');
  expect(controller.get().player?.playback.language).toBe('zh');
  press('j', 'j', 'j', 'enter');
  await vi.waitUntil(() => controller.get().player?.run.source === 'what-if 2');
  press('q', 'q');
  expect(exit).toHaveBeenCalledWith('quit');
});

test('a what-if that was left before it was there does not come back', async () => {
  let open = () => {};
  const loading = new Promise<OpenResult>((resolve) => {
    open = () => resolve({run: handshakeRun()});
  });
  const {press, controller} = setUp({
    openLesson: () => ({run: {...lesson, openWhatIf: () => loading}}),
  });
  chooseRow(controller, 'watch');
  await vi.waitUntil(() => controller.get().screen === 'player');
  press('space', '1', '2', 'q');
  open();
  await vi.waitUntil(() => controller.get().opening === undefined);
  expect(controller.get()).toMatchObject({screen: 'menu', player: undefined});
});

test('a number that is not offered opens nothing', () => {
  const {press} = setUp({initial: {screen: 'player', run: lesson}});
  expect(press('space', '3').opening).toBeUndefined();
});

const words = everywhere({en: 'ISN', zh: '初始序号'});
const states: Card = {
  id: 'states',
  title: everywhere({en: 'States', zh: '状态'}),
  head: [],
  rows: [1, 2, 3].map((n) => [everywhere({en: `row ${n}`, zh: `第 ${n} 行`})]),
  lines: [],
};

/** A lesson whose first narration has a card and leads to another lesson. */
const leading = (): OpenedRun => {
  const run = handshakeRun({asks: false});
  const beats = run.beats.map((beat, index) =>
    beat.kind === 'narration' && index === 0 ? {...beat, card: 'states', link: 'teardown'} : beat,
  );
  return {
    ...run,
    beats,
    at: {us: 150_000},
    reference: {
      card: (id) => (id === 'states' ? states : undefined),
      glossary: [
        {id: 'isn', term: words, text: everywhere({en: 'The number of the SYN.', zh: 'SYN 的序号。'})},
      ],
      lessonTitle: (id) => (id === 'teardown' ? everywhere({en: 'The close', zh: '挥手'}) : undefined),
    },
  };
};

test('a card opens with its key, is read entry by entry, and closes', () => {
  const {press, context} = setUp({initial: {screen: 'player', run: leading()}});
  const playback = () => press().player?.playback;
  press('g', 'm');
  // Before the narration is reached there is no card.
  expect(playback()?.focus).toBe('ladder');
  press('G', 'm');
  expect(playback()).toMatchObject({focus: 'card', playing: false});
  expect(press('down', 'j', 'j').player?.playback.own['card']).toEqual({card: 'states', entry: 2});
  expect(press('k').player?.playback.own['card']).toEqual({card: 'states', entry: 1});
  press('escape');
  expect(playback()?.focus).toBe('ladder');
  expect(context()).toBe('player');
});

test('a run that plays waits behind its card', () => {
  const {press} = setUp({initial: {screen: 'player', run: leading()}});
  press(']', '[', 'space');
  expect(press().player?.playback.playing).toBe(true);
  expect(press(']', 'space', 'm').player?.playback).toMatchObject({playing: false, focus: 'card'});
});

test('a narration leads to another lesson, and q leads back', async () => {
  const openLesson = vi.fn(() => ({run: {...handshakeRun(), source: 'teardown'}}));
  const {press, controller, exit} = setUp({openLesson, initial: {screen: 'player', run: leading()}});
  const before = controller.get().player?.playback.viewMs;
  press('L');
  await vi.waitUntil(() => controller.get().player?.run.source === 'teardown');
  expect(openLesson).toHaveBeenCalledExactlyOnceWith('teardown');
  expect(press('q').player).toMatchObject({run: {source: 'handshake'}, playback: {viewMs: before}});
  expect(exit).not.toHaveBeenCalled();
});

test('without a card or a link their keys do nothing', () => {
  const {press} = setUp({initial: {screen: 'player', run: {...lesson, whatIfs: []}}});
  const before = press();
  expect(press('m')).toEqual(before);
  expect(press('L')).toEqual(before);
});

test('a word is looked up from the help: typed, found, left again', () => {
  const {press, context} = setUp({initial: {screen: 'player', run: leading()}});
  press('?', '/');
  expect(context()).toBe('typing');
  // What is a key elsewhere is a letter here.
  expect(press('q', 'backspace', 'I', 'S', 'N').player?.playback.typing).toEqual({
    panel: 'glossary',
    text: 'ISN',
  });
  expect(press('enter').player?.playback).toMatchObject({
    help: false,
    focus: 'glossary',
    typing: undefined,
    own: {glossary: {word: 'ISN', entry: 0}},
  });
  expect(press('escape').player?.playback.focus).toBe('ladder');
  expect(context()).toBe('player');
});

test('b opens the bytes of the packet while the ladder has the focus, and escape closes them', () => {
  const {press, context} = setUp({initial: {screen: 'player', run: handshakeRun({asks: false})}});
  expect(press('G').player?.playback.focus).toBe('ladder');
  expect(press('b').player?.playback).toMatchObject({focus: 'bytes', opened: ['bytes']});
  expect(press('escape').player?.playback).toMatchObject({focus: 'ladder', opened: []});
  expect(context()).toBe('player');
});

test('with a folded host selected, enter unfolds it and escape leaves it; then both are the player’s again', () => {
  const run = {...handshakeRun({asks: false}), trace: runOf(starScenario(7)), beats: []};
  const {press} = setUp({initial: {screen: 'player', run}});
  const heads = () => press().player?.playback.own.ladder;
  press('G', 'H', 'enter', 'enter');
  expect(heads()).toEqual({selected: true, turns: 2});
  expect(press('escape').player?.playback).toMatchObject({focus: 'ladder', opened: []});
  expect(heads()).toEqual({selected: false, turns: 2});
  expect(press('b').player?.playback.focus).toBe('bytes');
});

test('one way on: at rest space and enter go on; in motion space pauses and enter is at the next stop', () => {
  const run = handshakeRun();
  const open = () => setUp({initial: {screen: 'player', run}});
  const [spaced, entered] = [open(), open()];
  for (const {press} of [spaced, entered]) press('space');
  expect(spaced.press('space').player?.playback.playing).toBe(true);
  expect(entered.press('enter').player?.playback.playing).toBe(true);
  expect(spaced.press('space').player?.playback).toMatchObject({playing: false, step: undefined});
  expect(entered.press('enter').player?.playback).toMatchObject({playing: false, step: {fromMs: 0}});
  for (const {press, context} of [spaced, entered]) {
    press(']', ']');
    expect(context()).toBe('question');
    press('b');
    expect(context()).toBe('reply');
  }
  spaced.press('space');
  entered.press('enter');
  expect([spaced, entered].map(({context}) => context())).toEqual(['player', 'player']);
});

test('what clickers send moves', () => {
  const {press} = setUp({initial: {screen: 'player', run: handshakeRun({asks: false})}});
  press('space');
  expect(press('page-down').player?.playback.step).toBeDefined();
  press('page-down');
  expect(press('page-up').player?.playback.viewMs).toBe(0);
});

test('the help of the menu looks up nothing', () => {
  const {press, context} = setUp();
  press('?', '/');
  expect(context()).toBe('help');
});

const unjudged = ({goal}: Challenge): Judgement => ({
  goals: goal.map(() => ({met: false})),
  holds: [],
  lostFrom: [],
  broken: [],
  solved: false,
});

/** A challenge that offers `close`; each attempt is noted. */
const challenged = (attempts: (readonly Move[])[], moves: readonly Move[] = []): OpenedRun => {
  const loaded = loadLesson(
    readFileSync(new URL('../fixtures/skeletons/state-machine.yaml', import.meta.url), 'utf8'),
    'state-machine.yaml',
  );
  const [base] = loaded.ok ? loaded.value.runs : [];
  const challenge = loaded.ok ? loaded.value.challenge : undefined;
  if (!base || !challenge) throw new Error('no challenge');
  return {
    ...handshakeRun({asks: false}),
    at: {us: 150_000},
    challenge: {challenge, run: base, moves, judgement: unjudged(challenge), settable: []},
    attempt: (next) => {
      attempts.push(next);
      return {run: challenged(attempts, next)};
    },
  };
};

test('a challenge: a move is chosen, made, and taken back; the reader stays where it was made', async () => {
  const attempts: (readonly Move[])[] = [];
  const {press, controller} = setUp({initial: {screen: 'player', run: challenged(attempts)}});
  expect(press().player?.playback.opened).toEqual(['challenge']);
  press('2', 'j', 'j', 'j');
  expect(press().player?.playback.focus).toBe('challenge');
  press('+', 'enter');
  // The same key again while it is being simulated asks for nothing more.
  press('enter');
  await vi.waitUntil(() => controller.get().opening === undefined);
  const close: Move = {kind: 'call', atUs: 151_000, host: 'client', action: {call: 'close'}};
  expect(attempts).toEqual([[close]]);
  expect(controller.get().player).toMatchObject({
    run: {challenge: {moves: [close]}},
    playback: {focus: 'challenge', playing: false, speed: 2, own: {challenge: {marked: 3}}},
  });
  press('u');
  await vi.waitUntil(() => controller.get().opening === undefined);
  expect(attempts).toEqual([[close], []]);
  expect(press('i').player?.playback.own['challenge']).toEqual({marked: 3, hints: 1});
});
