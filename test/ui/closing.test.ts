// The last page of a lesson: when it comes up, and where its keys lead.
import {expect, test, vi} from 'vitest';
import {sameIn} from '../../source/lesson/text.ts';
import type {OpenedRun} from '../../source/ui/opened-run.ts';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {setUp} from '../helpers/controlled.ts';
import {handshakeRun} from '../helpers/render.ts';

const run: OpenedRun = {
  ...handshakeRun({asks: false}),
  check: 'handshake',
  whatIfs: [sameIn('lost')],
  opening: {
    ...{
      id: 'handshake',
      title: sameIn('The handshake'),
      minutes: 8,
      profile: 'linux',
      reno: false,
      before: sameIn(''),
    },
    ...{hosts: [], goals: [], needs: [], leftOut: [], network: undefined, shelf: undefined},
  },
  closing: {next: {id: 'refused', title: sameIn('Nobody listens'), minutes: 7}},
};

/** Through the opening to the end of the run, and on. */
const ended = (changes: Partial<OpenedRun> = {}) => {
  const openLesson = vi.fn(() => ({run: handshakeRun()}));
  const app = setUp({openLesson, initial: {screen: 'player', run: {...run, ...changes}}});
  app.press('space', 'G', 'space');
  return {...app, openLesson, overlay: () => app.controller.get().player?.overlay};
};

test('one key leads to the next lesson, and from there back to where the first was opened', async () => {
  const {press, context, controller, openLesson, exit} = ended();
  expect(context()).toBe('closing');
  press('enter');
  await vi.waitUntil(() => controller.get().player?.run.opening === undefined);
  expect(openLesson).toHaveBeenCalledExactlyOnceWith('refused');
  press('q');
  expect(exit).toHaveBeenCalledExactlyOnceWith('quit');
});

test('down and enter: the what-if that is marked is opened', () => {
  const {press, controller} = ended();
  press('down', 'enter');
  expect(controller.get().opening).toBe(controller.get().player?.run.whatIfs[0]?.en);
});

test('left: the run again; space leads back to the page', () => {
  const {press, context} = ended();
  press('left');
  expect(context()).toBe('player');
  press('space');
  expect(context()).toBe('closing');
  press('left');
  expect(context()).toBe('player');
});

test('the list is a round, and questions are begun from its last row', () => {
  const {press, overlay, controller} = ended();
  press('up');
  expect(overlay()).toEqual({kind: 'closing', marked: 2});
  press('down', 'down', 'down', 'enter');
  expect(controller.get().opening).toBe('quiz');
});

test.each([
  ['a place was asked for', {at: {us: 0}}],
  ['a run of one’s own', {yours: true}],
  ['a recording', {closing: undefined}],
] as const)('none where %s', (_, changes) => {
  expect(ended(changes).context()).not.toBe('closing');
});

test('on the first page a key that does nothing says so where it is seen, and esc which key leaves', () => {
  const {press, controller} = setUp({initial: {screen: 'player', run}});
  const seen = (): string =>
    screenLines(controller.get(), {columns: 80, rows: 24}, () => [])
      .map((line) => line.map(({text}) => text).join(''))
      .join('\n');
  press('k');
  expect(seen()).toMatch(/does nothing here|不起作用/);
  press('escape');
  expect(seen()).toMatch(/q leaves|q 离开|q 退出/);
});
