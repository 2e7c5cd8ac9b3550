// A lesson that was left is found again as it was: the same run, place, answers and open question, by what the file keeps.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {openLesson} from '../../source/app/open-lesson.ts';
import {playable} from '../../source/app/playable.ts';
import {resumed} from '../../source/app/resume-lesson.ts';
import {compiledLesson, lessonData} from '../../source/io/lessons.ts';
import {type LeftOff, leftOffOf} from '../../source/quiz/left-off.ts';
import {forkCode, type Touch} from '../../source/sim/fork.ts';
import {parseSetting} from '../../source/sim/setting.ts';
import {forked, forking} from '../../source/ui/fork-state.ts';
import {
  beginAnew,
  enter,
  leftMessage,
  leftText,
  notePlace,
  type Place,
  type PlacesDesk,
} from '../../source/ui/left-off.ts';
import type {OpenedRun} from '../../source/ui/opened-run.ts';
import {beginRun, openPlayer, type PlayerState} from '../../source/ui/player.ts';
import {beatAt} from '../../source/view/time/waypoints.ts';
import {placesWords} from '../../source/words/catalogue/places.ts';
import {setUp} from '../helpers/controlled.ts';
import {asksOthers, runs} from '../helpers/seeds.ts';

const opened = async (id: string): Promise<OpenedRun> => {
  const lesson = compiledLesson(id);
  const result = lesson && (await openLesson(lesson));
  if (!result?.ok) throw new Error(`no lesson ${id}`);
  return playable(result.value, lessonData());
};

/** Remembers as the file does: through JSON. */
const memory = () => {
  let place: (() => Place) | undefined;
  const gone: string[] = [];
  const desk: PlacesDesk = {
    at: (now) => {
      place = now;
    },
    left: (lesson) => void gone.push(lesson),
    keep: () => {},
    last: () => undefined,
  };
  const kept = (): LeftOff | undefined =>
    place && leftOffOf(JSON.parse(JSON.stringify({atMs: 1, ...place().left})));
  return {desk, gone, kept};
};

/** What has to be the same again. */
const seen = ({run, forks, playback, context}: PlayerState) => ({
  code: forks && forkCode(forks.tree),
  undone: forks?.tree.current,
  runTitle: run.runTitle,
  beat: beatAt(context, playback),
  viewMs: playback.viewMs,
  answers: playback.answers,
  firstTries: playback.firstTries,
  gate: playback.gate,
  bookmarks: playback.bookmarks,
});

const keys = [
  'space',
  'enter',
  'right',
  'left',
  'a',
  'b',
  'c',
  's',
  'lose',
  'lose',
  'down',
  'u',
  'e',
  ']',
  'tick',
];

const lessonsTried = ['first-packet', 'handshake', 'dns-recursion'];

test('left at a random moment: the same beat, the same run, the same answers', async () => {
  const lessons = new Map<string, OpenedRun>();
  for (const id of lessonsTried) lessons.set(id, await opened(id));
  const moment = fc.record({
    lesson: fc.constantFrom(...lessonsTried),
    // Into the lesson first: on its first page nothing can be lost.
    steps: fc.nat(9),
    first: fc.constantFrom('lose', 'tick'),
    pressed: fc.array(fc.constantFrom(...keys), {minLength: 1, maxLength: 40}),
  });
  let forked = 0;
  fc.assert(
    fc.property(moment, ({lesson, steps, first, pressed}) => {
      const run = lessons.get(lesson);
      if (run === undefined) throw new Error(lesson);
      const {desk, kept} = memory();
      const {controller} = setUp({initial: {screen: 'player', run}, places: desk});
      controller.press('space');
      for (let step = 0; step < steps; step++) controller.press('right');
      for (const key of [first, ...pressed]) {
        if (key === 'tick') controller.tick(400);
        else if (key === 'lose') for (const each of ['x', 'enter']) controller.press(each);
        else controller.press(key);
      }
      const {player} = controller.get();
      const left = kept();
      if (player === undefined || left === undefined || player.run.source !== run.source) return;
      if (player.run.yours) forked += 1;
      const back = beginRun(enter({...run, left}, {language: 'en', motion: 'full'}));
      expect(seen(back)).toEqual(seen(player));
    }),
    {numRuns: runs(50, 12)},
  );
  // A dozen moments need not have a loss.
  if (asksOthers()) expect(forked).toBeGreaterThan(0);
});

const leftAt = async (...pressed: readonly string[]) => {
  const run = await opened('first-packet');
  const {desk, kept, gone} = memory();
  const {press} = setUp({initial: {screen: 'player', run}, places: desk});
  press(...pressed);
  return {run, gone, left: kept()};
};

const full = {language: 'en', motion: 'full'} as const;

test('the first page says where it leads; one key begins anew', async () => {
  const {run, left} = await leftAt('space', 'right', 'right', 'right');
  if (!left) throw new Error('nothing is kept');
  const player = enter({...run, left}, full);
  expect(player.overlay).toEqual({kind: 'opening', goesOn: true});
  const {press, context} = setUp({initial: {screen: 'player', run: {...run, left}}});
  expect(context()).toBe('opening');
  expect(press('n').player?.playback).toMatchObject({viewMs: 0, playing: true, answers: {}});
  expect(beginAnew(player).overlay).toBeUndefined();
});

test('a question that was tried once is asked again', async () => {
  const run = await opened('handshake');
  const {desk, kept} = memory();
  const {press, context, controller} = setUp({initial: {screen: 'player', run}, places: desk});
  press('space');
  for (let keys = 0; keys < 9 && context() !== 'question'; keys++) press(']');
  press('d');
  const {gate} = controller.get().player?.playback ?? {};
  expect(gate).toMatchObject({replied: false});
  const left = kept();
  const tried = {choice: 'd', hinted: false};
  if (left === undefined || gate === undefined) throw new Error('nothing is kept');
  const ended = {...left, answers: {[gate.beat]: {choice: 'd', first: tried}}};
  expect(beginRun(enter({...run, left: ended}, full)).playback.gate).toEqual(gate);
});

/** The handshake as a program that was started anew resumes it. */
const resumedWith = async (left: LeftOff): Promise<PlayerState> => {
  const lesson = compiledLesson('handshake');
  const result = lesson && (await openLesson(lesson));
  if (!result?.ok) throw new Error('no lesson');
  const again = await resumed(result.value, {of: () => left}, false);
  const run = playable(again.opened, lessonData());
  return enter({...run, ...(again.left ? {left: again.left} : {})}, full);
};

const altered = (player: PlayerState, touch: Touch): PlayerState => {
  const begun = forking(player, touch);
  if (!begun.ok || begun.value === undefined) throw new Error('nothing is altered');
  return forked(begun.value);
};

const settings = (...texts: readonly string[]) => texts.flatMap((text) => parseSetting(text) ?? []);

test('a run with several other settings, and a loss in it, comes back in a program that is started anew', async () => {
  const run = await opened('handshake');
  await run.fork?.prepare?.();
  const {desk, kept} = memory();
  const begun = beginRun(openPlayer(run, full));
  const set = settings('path.delay=80ms', 'server.tcp.backlog=1');
  expect(set).toHaveLength(2);
  const slow = altered(begun, {set});
  for (const player of [slow, altered(slow, {packet: 2, fault: {kind: 'drop'}})]) {
    notePlace(desk, begun, player);
    const left = kept() ?? expect.fail('nothing is kept');
    const back = beginRun(await resumedWith(left));
    expect(seen(back)).toEqual(seen({...player, playback: {...player.playback, playing: false}}));
    expect(back.run.trace.header.links[0]).toMatchObject({delayUs: 80_000});
  }
});

test('a run whose settings cannot be made any more is not silently another one: the page says so', async () => {
  const {left} = await leftAt('space', 'right');
  const player = await resumedWith({
    ...(left ?? expect.fail('nothing is kept')),
    code: forkCode(
      (await opened('handshake').then((run) => openPlayer(run, full))).forks?.tree ?? expect.fail(),
    ),
    forks: [{parent: 0, fault: 'path.sparkle=1'}],
    fork: 1,
  });
  expect(leftText(player)).toEqual(placesWords.changed);
});

test('a page that was never left keeps nothing', async () => {
  expect((await leftAt('?', '?')).left).toBeUndefined();
});

test('where it cannot go back to, it says so and begins at the beginning', async () => {
  const {run} = await leftAt();
  const {opening: _, ...bare} = run;
  const player = enter({...bare, left: 'changed'}, full);
  expect(player.playback.viewMs).toBe(0);
  expect(leftMessage(player)).toBe(placesWords.changed);
});

test('forks that are none are no reason to fail: the lesson begins', async () => {
  const {run, left} = await leftAt('space', 'right');
  if (!left) throw new Error('nothing is kept');
  for (const fault of ['drop@999', 'nonsense'])
    expect(enter({...run, left: {...left, forks: [{parent: 0, fault}], fork: 1}}, full).overlay).toEqual({
      kind: 'opening',
      goesOn: false,
    });
});

test('of a lesson that is over nothing is kept once it is left with q', async () => {
  expect((await leftAt('space', 'G', 'q')).gone).toEqual([]);
  const run = await opened('refused');
  const {desk, gone} = memory();
  const {press} = setUp({initial: {screen: 'player', run}, places: desk});
  const end = () => {
    for (let n = 0; n < 60; n++) press('s', 'enter', ']');
    press('G');
  };
  press('space');
  end();
  expect(gone).toEqual([]);
  press('q');
  expect(gone).toEqual(['refused']);
});

test('any value that stands in the file gives a place or none', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      leftOffOf(value);
    }),
    {numRuns: runs(200)},
  );
});

test.each(['handshake', 'tcp-header', 'refused'])('%s: without motion one key begins it', async (id) => {
  const player = beginRun(enter(await opened(id), {language: 'en', motion: 'none'}));
  expect(player.overlay).toBeUndefined();
  expect(beatAt(player.context, player.playback).number).toBe(1);
});

test('a run with several new settings, made together, is found again', async () => {
  const run = await opened('handshake');
  await run.fork?.prepare?.();
  const {desk, kept} = memory();
  const {press, controller} = setUp({initial: {screen: 'player', run}, places: desk});
  press('space', 'X', 'right', 'x', 'right', 'down', 'right', 'enter');
  const {player} = controller.get();
  const left = kept();
  expect(player?.forks?.tree.nodes[1]?.changes).toHaveLength(2);
  if (!left || !player) throw new Error('nothing is kept');
  expect(seen(beginRun(enter({...run, left}, full)))).toEqual(seen(player));
});
