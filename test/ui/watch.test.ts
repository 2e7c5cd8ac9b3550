// “Watch it”, asked for at a reply in a lesson: the run that contradicts the belief tells nothing that the lesson still asks, whatever keys follow.
import {expect, test, vi} from 'vitest';
import {entryAt} from '../../source/account/entries.ts';
import {openCounter} from '../../source/app/counter-run.ts';
import {compiledLesson, lessonData, lessonSummaries} from '../../source/io/lessons.ts';
import {keyHints} from '../../source/ui/key-hints.ts';
import type {PlayerState} from '../../source/ui/player.ts';
import {at, momentAt} from '../../source/view/time/pace.ts';
import {isQuestion, narrationAt} from '../../source/view/time/waypoints.ts';
import {setUp} from '../helpers/controlled.ts';
import {openedLesson} from '../helpers/lesson-walk.ts';
import {appOptions} from '../helpers/render.ts';
import {some} from '../helpers/seeds.ts';

const {misconceptions} = lessonData();
const homes = new Map(misconceptions.map(({id, lesson}) => [id, lesson]));
const find = async (ids: readonly string[]) => ids.flatMap((id) => compiledLesson(id) ?? []);
const never = () => {
  throw new Error('nobody asks for it');
};
const quiz = {
  openCounter: (misconception: string) => openCounter(misconception, find, homes),
  note: () => ({due: 0, toCorrect: 0, weak: new Set<string>(), lessons: new Map()}),
  record: () => undefined,
  ...{begin: never, page: never, putOff: never, exportProgress: never, interview: never},
  ...{openProof: never, openAsked: never},
};
const preferences = {...appOptions.preferences, language: 'en', motion: 'none'} as const;
const size = {columns: 120, rows: 40};

const signs = (app: ReturnType<typeof setUp>) => keyHints(app.controller.get(), size).map(({key}) => key);

/** The questions of the lesson that a look at this run has answered. */
const toldOf = (lesson: PlayerState, {context, playback}: PlayerState) => {
  const {trace} = lesson.run;
  const seen = at(context.pacing.event, momentAt(context.pacing, playback.viewMs));
  const open = lesson.run.beats
    .filter(isQuestion)
    .filter(({index}) => lesson.playback.answers[index] === undefined);
  if (context.trace.header.source !== trace.header.source) return [];
  if (context.trace.header.run !== trace.header.run) return open;
  const instantOf = (event: number): number => entryAt(trace, event).instant;
  // While a concept is asked all of its instant stands there.
  return open.filter(({kind, event}) =>
    kind === 'prediction' ? event <= seen : instantOf(event) < instantOf(seen),
  );
};

/** What is told is told of the instant that is looked at. */
const toldThere = (player: PlayerState | undefined): boolean => {
  if (player === undefined) return false;
  const {context, playback, run} = player;
  const {beat} = narrationAt(context, playback.viewMs);
  return beat !== undefined && run.at !== undefined && 'event' in run.at && beat.event === run.at.event;
};

const opened = async (id: string) => {
  const run = await openedLesson(id);
  return setUp({preferences, quiz, initial: {screen: 'player', run}});
};

/** Wrong twice, wherever that is possible. */
const answerWrongly = (app: ReturnType<typeof setUp>): void => {
  const {run, playback} = app.controller.get().player as PlayerState;
  const beat = run.beats.filter(isQuestion).find(({index}) => index === playback.gate?.beat);
  const wrong = beat?.choices.filter(({correct, misconception}) => !correct && misconception !== undefined);
  for (const {id} of [...(wrong ?? []), ...(beat?.choices ?? [])]) app.press(id);
};

/** Keys that go on wherever they can. */
const forward = ['right', ']', 'e', 'G', 'B', "'"];

const lessons = some(
  lessonSummaries().map(({id}) => id),
  3,
);

test.each(lessons)('%s', async (id) => {
  const app = await opened(id);
  for (let keys = 0; app.context() !== 'closing' && keys < 3000; keys++) {
    if (app.context() === 'question') answerWrongly(app);
    const reply = app.controller.get();
    const offers = app.context() === 'reply' && signs(app).includes('W');
    if (!offers || reply.player === undefined) {
      app.press(app.context() === 'reply' ? 'enter' : 'space');
      continue;
    }
    app.press('W');
    await vi.waitUntil(() => app.controller.get().player?.run.glance);
    expect(toldThere(app.controller.get().player), `told in ${id}`).toBe(true);
    for (const key of forward) {
      app.press(key);
      const {player} = app.controller.get();
      expect(player?.run.glance && toldOf(reply.player, player), `${key} in ${id}`).toEqual([]);
    }
    app.press('space');
    expect(app.controller.get().player).toEqual(reply.player);
    app.press('enter');
  }
});

test('handshake: watched where it shows what was asked, not where it shows what is asked next', async () => {
  const app = await opened('handshake');
  const offered: boolean[] = [];
  while (app.context() !== 'closing') {
    if (app.context() === 'question') {
      answerWrongly(app);
      offered.push(signs(app).includes('W'));
    }
    app.press(app.context() === 'reply' ? 'enter' : 'space');
  }
  expect(offered).toEqual([true, true, false, true, true, true]);
});
