// The fork of a long run is simulated between keys: the screen says so, and whoever goes elsewhere meanwhile is left alone.
import {expect, test, vi} from 'vitest';
import {openLesson} from '../../source/app/open-lesson.ts';
import {playable} from '../../source/app/playable.ts';
import {lessonData} from '../../source/io/lessons.ts';
import {parseFault} from '../../source/sim/fault-text.ts';
import type {Controller} from '../../source/ui/controller.ts';
import {forkTexts} from '../../source/words/catalogue/forks.ts';
import {lessonNamed} from '../helpers/all-runs.ts';
import {chooseRow, setUp} from '../helpers/controlled.ts';

const wish = {run: 'close-by'};

const opened = openLesson(lessonNamed('cubic'), wish);

const longRun = async () => {
  const run = await opened;
  if (!run.ok) throw new Error('not opened');
  return {...playable(run.value, lessonData()), at: {us: 200_000}};
};

const openLong = async () => setUp({initial: {screen: 'player', run: await longRun()}});

const settled = ({get}: Pick<Controller, 'get'>): Promise<void> =>
  vi.waitFor(() => expect(get().opening).toBeUndefined(), {timeout: 20_000});

test('it takes the place of the run that it leaves, as if it had been simulated at once', async () => {
  const {controller, press} = await openLong();
  const begun = press('x', 'enter');
  expect(begun.message).toEqual({...forkTexts.simulating, isDone: true});
  expect(begun.player?.run.yours).toBeUndefined();
  await settled(controller);
  const {player, message} = controller.get();
  expect(message).toBeUndefined();
  expect(player?.overlay).toBeUndefined();
  const faults = player?.run.trace.header.faults.slice(1).map((text) => parseFault(text));
  const same = await openLesson(lessonNamed('cubic'), {
    ...wish,
    faults: faults?.flatMap((fault) => (fault.ok ? [fault.value] : [])) ?? [],
  });
  expect(faults).toHaveLength(1);
  expect(same.ok && [...same.value.trace.events()]).toEqual([...(player?.run.trace.events() ?? [])]);
});

test('who presses the key again does not begin another', async () => {
  const {fork, ...run} = await longRun();
  if (!fork) throw new Error('nobody can alter it');
  const again = vi.fn(fork.again);
  const {controller, press} = setUp({initial: {screen: 'player', run: {...run, fork: {...fork, again}}}});
  press('x', 'enter', 'enter');
  await settled(controller);
  expect(controller.get().player?.forks?.tree.nodes).toHaveLength(2);
  expect(again).toHaveBeenCalledOnce();
});

test('who has left the run stays where they are', async () => {
  const run = await longRun();
  const {controller, press} = setUp({openLesson: () => ({run})});
  chooseRow(controller, 'watch');
  await settled(controller);
  press('x', 'enter', 'escape', 'q');
  expect(controller.get().screen).toBe('menu');
  await settled(controller);
  expect(controller.get().screen).toBe('menu');
  expect(controller.get().player).toBeUndefined();
});
