// Where nobody sits: time alone leads through a lesson and into the next one; whoever presses a key has a minute.
import {expect, test} from 'vitest';
import {sameIn} from '../../source/lesson/text.ts';
import {movedOn} from '../../source/ui/booth.ts';
import type {Preferences} from '../../source/ui/preferences.ts';
import {setUp} from '../helpers/controlled.ts';
import {handshakeRun} from '../helpers/render.ts';

const preferences: Preferences = {
  language: 'en',
  theme: 'dark',
  ascii: false,
  graphs: 'braille',
  motion: 'full',
  mouse: true,
  screenReader: false,
  unattended: true,
};

const start = () => {
  const opened: string[] = [];
  const app = setUp(
    {
      initial: {screen: 'player', run: handshakeRun()},
      preferences,
      openLesson: (id) => {
        opened.push(id);
        return {message: sameIn('not here')};
      },
    },
    {nowMs: 0},
  );
  const wait = (seconds: number) => {
    for (let second = 0; second < seconds; second++) app.controller.tick(1000);
  };
  return {...app, opened, wait};
};

test('the lesson plays, shows its answers, ends, and the next one is opened', () => {
  const {wait, context, opened, controller} = start();
  const seen = new Set<string>();
  for (let second = 0; second < 600 && opened.length === 0; second++) {
    expect(controller.interval()).toBeDefined();
    wait(1);
    seen.add(context());
  }
  expect([...seen]).toEqual(expect.arrayContaining(['player', 'question', 'reply']));
  const ids = controller.get().lessons.map(({id}) => id);
  expect(opened[0]).toBe(ids[(ids.indexOf('handshake') + 1) % ids.length]);
});

test('a key that somebody presses is followed by a minute of rest', () => {
  const {wait, press, context} = start();
  press('?');
  wait(55);
  expect(context()).toBe('help');
  wait(10);
  expect(context()).not.toBe('help');
});

test('a learner is never moved on', () => {
  const {controller} = setUp({initial: {screen: 'player', run: handshakeRun()}}, {nowMs: 0});
  for (let second = 0; second < 300; second++) controller.tick(1000);
  const before = controller.get();
  controller.tick(100_000);
  expect(controller.get()).toBe(before);
  expect(movedOn({...before, player: undefined}, {atMs: 0, size: {columns: 80, rows: 24}}).effects).toEqual(
    [],
  );
});
