// A bug in one part costs that part: planted exceptions in a panel, a key, an effect, an exporter, a question and the clock,
// through what the app is handed; and all else goes on.

import {expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {Trace} from '../../source/sim/trace.ts';
import type {AppOptions} from '../../source/ui/app-options.ts';
import {makeController} from '../../source/ui/controller.ts';
import type {OpenedRun, Round} from '../../source/ui/opened-run.ts';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {changeSaid} from '../../source/ui/spoken-app.ts';
import {chooseRow} from '../helpers/controlled.ts';
import {appOptions, handshakeRun, keys, openTerminal, renderApp} from '../helpers/render.ts';
import '../helpers/meaning.ts';
import {failedWords} from '../../source/words/catalogue/failed.ts';

const size = {columns: 120, rows: 40};
const terminal = openTerminal();
const usual = {...appOptions, stdin: terminal.stdin, stdout: terminal.stdout};

const controllerOf = (changes: Partial<AppOptions>) =>
  makeController({...usual, ...changes}, {now: () => performance.now(), size: () => size});

const textOf = (controller: ReturnType<typeof controllerOf>): string =>
  (screenLines(controller.get(), size, controller.told) ?? [])
    .map((line) => line.map(({text}) => text).join(''))
    .join('\n');

/** Its ladder is as ever; nobody can look into the bytes. */
const withoutBytes = (run: OpenedRun): OpenedRun => {
  const {trace} = run;
  const broken: Trace = {
    ...{header: trace.header, length: trace.length, packetCount: trace.packetCount},
    ...{durationUs: trace.durationUs, endReason: trace.endReason},
    event: (n) => trace.event(n),
    events: (from, to) => trace.events(from, to),
    stateAt: (cursor) => trace.stateAt(cursor),
    packet: (id) => ({
      ...trace.packet(id),
      get bytes(): Uint8Array {
        throw new Error('the bytes are gone');
      },
    }),
  };
  return {...run, trace: broken};
};

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test('a panel: two lines in its place, the ladder beside it, and its keys cost themselves', () => {
  const controller = controllerOf({
    initial: {
      screen: 'player',
      run: {...withoutBytes(handshakeRun({asks: false})), at: {us: 100_000}},
    },
  });
  const before = controller.get();
  controller.press('b');
  const text = textOf(controller);
  expect(text).toSay({
    says: 'failed.failedWords.what',
    part: 'the panel bytes',
    message: 'the bytes are gone',
  });
  for (const told of [failedWords.report.en, 'keys: b · run: handshake']) expect(text).toContain(told);
  const spoken = {...usual.preferences, screenReader: true};
  expect(
    changeSaid(before, {...controller.get(), preferences: spoken}, controller.told).join('\n'),
  ).toContain('the panel bytes failed');
  const {player} = controller.get();
  controller.press('down');
  expect(controller.get().player).toBe(player);
  expect(controller.get().failed?.part.en).toBe('the key down');
  controller.press('escape');
  expect(controller.get().failed).toBeUndefined();
  expect(textOf(controller)).toContain('SYN');
  // Whatever else reads those bytes has failed as well, each in its place.
  expect(controller.failures().map(({part}) => part.en)).toEqual(
    expect.arrayContaining(['the panel bytes', 'the key down']),
  );
});

test('a key: the state of before, a message, and the next key works', async () => {
  const run: OpenedRun = {
    ...handshakeRun(),
    predictions: () => {
      throw new Error('no question fits');
    },
  };
  const app = renderApp({initial: {screen: 'player', run}});
  await app.shows('SYN');
  app.press('p');
  await app.shows('the key p failed', 'no question fits', failedWords.report.en);
  app.press('?');
  await app.until((text) => text.includes('esc close') && !text.includes('failed'));
  app.press('q');
  await app.shows('The client asks to open.');
  app.press('q');
  expect(await app.done).toBe('quit');
});

test('an effect: a message, and the menu stays', async () => {
  const app = renderApp({
    openLesson: async () => {
      throw new Error('the lesson is not there');
    },
  });
  await app.shows('▸ Continue');
  app.press(keys.enter);
  await app.shows('opening failed', 'the lesson is not there', '▸ Continue');
  app.press('q');
  await app.shows('q again leaves');
  app.press('q');
  expect(await app.done).toBe('quit');
});

test('where a key that leaves throws itself, it leaves', () => {
  const run = handshakeRun();
  const controller = controllerOf({initial: {screen: 'menu'}, openLesson: () => ({run})});
  const left: unknown[] = [];
  const attached = {redraw: () => {}, copy: () => {}, suspend: async () => {}};
  controller.attach({...attached, exit: (how) => left.push(how)});
  chooseRow(controller, 'watch');
  return settled().then(() => {
    const {player} = controller.get();
    if (player === undefined) throw new Error('not opened');
    Object.defineProperty(player.run, 'beats', {
      get: () => {
        throw new Error('no beats');
      },
    });
    controller.press('right');
    expect(controller.get().failed?.part.en).toBe('the key right');
    controller.press('q');
    expect(controller.get().screen).toBe('menu');
    expect(left).toEqual([]);
  });
});

test('a question that cannot be made is left out; what was answered stays', async () => {
  const recorded: unknown[] = [];
  let made = 0;
  const round: Round = {
    info: {mode: 'practice', title: everywhere({en: 'a', zh: 'a'}), command: undefined, seed: 7, count: 3},
    reference: {rule: () => undefined, misconception: () => undefined},
    next: () => {
      made += 1;
      if (made === 1) throw new Error('no such host');
      return undefined;
    },
    repeat: () => round,
  };
  const controller = controllerOf({initial: {screen: 'quiz', round}});
  const attached = {redraw: () => {}, copy: () => {}, suspend: async () => {}};
  controller.attach({...attached, exit: (how) => recorded.push(how)});
  await settled();
  await settled();
  await settled();
  expect(controller.get().failed).toMatchObject({part: {en: 'a question'}, run: 'quiz --seed 7'});
  expect(made).toBe(2);
  expect(controller.get().quiz?.state.phase).toBe('result');
  expect(recorded).toEqual([]);
});
