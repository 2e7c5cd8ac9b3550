// Challenges in the app: from the menu to the list, through the task, a run that misses, to one that solves it, and what is stored of them.
import {readFileSync} from 'node:fs';
import {expect, test, vi} from 'vitest';
import {openById} from '../../source/app/open-by-id.ts';
import {openLesson} from '../../source/app/open-lesson.ts';
import {placesKeeper} from '../../source/app/places-keeper.ts';
import {playable} from '../../source/app/playable.ts';
import {lessonData} from '../../source/io/lessons.ts';
import type {Lesson} from '../../source/lesson/lesson.ts';
import {loadLesson} from '../../source/lesson/load.ts';
import {worded} from '../../source/lesson/text.ts';
import type {Sort} from '../../source/lesson/tracks.ts';
import {decodeReplay} from '../../source/sim/replay.ts';
import type {QuizDesk} from '../../source/ui/app-options.ts';
import {offeringChallenge} from '../../source/ui/challenge-solved.ts';
import {keyHints} from '../../source/ui/key-hints.ts';
import type {Learned} from '../../source/ui/learned.ts';
import type {OpenedRun, OpenResult, RunPart} from '../../source/ui/opened-run.ts';
import {lookOf} from '../../source/ui/player.ts';
import type {LearnerNote} from '../../source/ui/quiz-round.ts';
import {stateSaid} from '../../source/ui/spoken-app.ts';
import type {ChallengeList} from '../../source/view/challenge/challenge-list.ts';
import {plainly} from '../../source/view/note.ts';
import {noForks} from '../../source/words/alter.ts';
import {challengeTold} from '../../source/words/catalogue/challenge-told.ts';
import {panelsChallengeSentences} from '../../source/words/catalogue/panels.ts';
import {chooseRow, setUp} from '../helpers/controlled.ts';
import {handshakeRun} from '../helpers/render.ts';

const challengeOf = (id: string): Lesson => {
  const file = new URL(`../../lessons/challenges/${id}.yaml`, import.meta.url);
  const loaded = loadLesson(readFileSync(file, 'utf8'), `${id}.yaml`);
  if (!loaded.ok) throw new Error('the challenge cannot be read');
  return loaded.value;
};

const lesson = challengeOf('crossed-fins');

const opened = async (id: string): Promise<OpenedRun> => {
  const result = await openLesson(challengeOf(id));
  if (!result.ok) throw new Error(result.error.what.en);
  return playable(result.value, lessonData());
};

const list: ChallengeList = {
  entries: ['other', 'crossed-fins'].map((id) => ({
    ...{id, title: lesson.title, sort: 'make', level: 2, par: 1, lesson: 'teardown', solved: false, tries: 0},
  })),
  made: [],
};
const note: LearnerNote = {due: 0, toCorrect: 0, weak: new Set(), lessons: new Map(), challenges: list};

const desk = (changes: Partial<QuizDesk> = {}): QuizDesk => {
  const never = (): never => {
    throw new Error('nobody asks for this');
  };
  return {
    ...{record: never, begin: never, page: never, putOff: never, exportProgress: never, openCounter: never},
    ...{interview: never, openProof: never, openAsked: never, note: () => note},
    ...changes,
  };
};

/** The app with the challenge's first run in the player. */
const inPlayer = async (changes: Partial<QuizDesk> = {}, id = 'crossed-fins') => {
  const learned: Learned[] = [];
  const openLessonSpy = vi.fn((): OpenResult => ({run: handshakeRun()}));
  const app = setUp({
    initial: {screen: 'player', run: await opened(id)},
    quiz: desk(changes),
    onLearned: (each) => learned.push(each),
    openLesson: openLessonSpy,
  });
  const settled = () => vi.waitUntil(() => app.controller.get().opening === undefined);
  return {...app, learned, settled, openLessonSpy};
};

/** Steps until the clock is past a time, then calls `close` on the server in the panel. */
const closeAt = async ({press, settled, controller}: Awaited<ReturnType<typeof inPlayer>>, us: number) => {
  const now = () => {
    const {player} = controller.get();
    if (player === undefined) throw new Error('no player');
    return player;
  };
  press('g');
  for (let steps = 0; steps < 60; steps++) {
    if (lookOf(now()).nowUs >= us) break;
    press('right');
  }
  press('2', 'j', 'j', 'j', 'enter');
  await settled();
};

test('the menu has a row for challenges if there are any; the list opens the marked one and q leads back', async () => {
  const openIt = vi.fn((): OpenResult => ({run: handshakeRun()}));
  const {controller, press, context} = setUp({quiz: desk(), openLesson: openIt});
  chooseRow(controller, 'challenges');
  expect(context()).toBe('challenges');
  const before = press().challenges?.marked;
  expect(press('down', 'up').challenges).toMatchObject({marked: before});
  press('enter');
  await vi.waitUntil(() => controller.get().screen === 'player');
  expect(openIt).toHaveBeenCalledExactlyOnceWith('other', {challenge: true});
  expect(press('q').screen).toBe('challenges');
  expect(press('q').screen).toBe('menu');
});

test('a row makes a new challenge of its sort by a number from outside; one that was played is opened by its id', async () => {
  const openIt = vi.fn((): OpenResult => ({run: handshakeRun()}));
  const made = [{id: 'make-17', sort: 'make', solved: false, tries: 1}] as const;
  const freshChallenge = vi.fn((sort: Sort) => `${sort}-12345`);
  const {controller, press} = setUp({
    quiz: desk({freshChallenge, note: () => ({...note, challenges: {...list, made}})}),
    openLesson: openIt,
  });
  const openRow = async (...keys: readonly string[]) => {
    press('end', ...keys, 'enter');
    await vi.waitUntil(() => controller.get().screen === 'player');
    press('q');
  };
  chooseRow(controller, 'challenges');
  await openRow();
  await openRow('up');
  await openRow('up', 'up', 'up');
  expect(openIt.mock.calls).toEqual([['make-17', {challenge: true}], ['cost-12345'], ['make-12345']]);
  expect(freshChallenge.mock.calls).toEqual([['cost'], ['make']]);
});

test('a run of the learner that ends unsolved is a try: what is missing is told, and what to do', async () => {
  const app = await inPlayer();
  const {press, learned, controller} = app;
  expect(controller.get().player?.overlay).toEqual({kind: 'opening', goesOn: false});
  press('space', 'G');
  // Nothing was changed, so nothing was tried.
  expect(learned).toEqual([]);
  expect(controller.get().message).toEqual(plainly(worded(challengeTold.ended, {altersPackets: true})));
  // The key that plays tells it again, and does not go back to the beginning.
  const {viewMs} = controller.get().player?.playback ?? {};
  press('down', 'space');
  expect(controller.get().message).toEqual(plainly(worded(challengeTold.ended, {altersPackets: true})));
  expect(controller.get().player?.playback).toMatchObject({viewMs, playing: false});
  await closeAt(app, 200_000);
  expect(controller.get().message).toMatchObject({isDone: true});
  press('G');
  expect(learned).toMatchObject([
    {kind: 'tried', hints: 0, challenge: {judgement: {solved: false, miss: 0}}},
  ]);
  expect(controller.get().message?.en).toContain('CLOSING');
  // From another panel a hint is told beside it; the footer names each key once.
  press('1', 'i');
  expect(controller.get().message?.en).toContain(lesson.challenge?.hints[0]?.en ?? 'nothing');
  const signs = keyHints(controller.get(), {columns: 200, rows: 40}).map(({key}) => key);
  expect(new Set(signs).size).toBe(signs.length);
  press('u');
  await app.settled();
  expect(controller.get().player?.run.challenge?.moves).toEqual([]);
});

test('a solved run has its page: next, the lesson behind it, the result to share', async () => {
  const share = vi.fn(() => ({text: 'the result', message: lesson.title}));
  const app = await inPlayer({share});
  const {press, learned, controller, copy} = app;
  press('space');
  await closeAt(app, 1_000_000);
  expect(controller.get().player?.overlay).toBeUndefined();
  press('G');
  expect(learned).toMatchObject([{kind: 'tried', challenge: {judgement: {solved: true}}}]);
  expect(controller.get().player?.overlay).toEqual({kind: 'closing', marked: 0});
  // Whoever plays on with space does not leave the page unread.
  press('space');
  expect(controller.get()).toMatchObject({opening: undefined, message: plainly(challengeTold.enterOpens)});
  expect(stateSaid(controller.get()).join(' ')).toContain(lesson.challenge?.learnt?.en ?? 'nothing');
  press('s');
  expect(copy).toHaveBeenCalledExactlyOnceWith('the result');
  expect(share).toHaveBeenCalledExactlyOnceWith(
    {id: 'crossed-fins', title: lesson.title, moves: 1, par: 1, hints: 0},
    'en',
  );
  press('y');
  expect(copy).toHaveBeenLastCalledWith(controller.get().player?.run.challenge?.code);
  expect(decodeReplay(String(copy.mock.lastCall))).toMatchObject({
    value: {source: 'crossed-fins', moves: [expect.stringMatching(/^call=close@host=server,at=/)]},
  });
  // Looking back closes the page; it does not come again in this run.
  press('left', 'G');
  expect(controller.get().player?.overlay).toBeUndefined();
  expect(learned).toHaveLength(1);
  // The key that plays leads to it again.
  press('space');
  expect(controller.get().player?.overlay).toEqual({kind: 'closing', marked: 0});
});

test('after the page of a solved challenge: keys lead back to it, the result is shared, no further move is made', async () => {
  const share = vi.fn(() => ({text: 'the result', message: lesson.title}));
  const app = await inPlayer({share});
  const {press, controller} = app;
  press('space', 's');
  expect(share).not.toHaveBeenCalled();
  await closeAt(app, 1_000_000);
  press('G', 'left', 'G');
  const moves = controller.get().player?.run.challenge?.moves;
  press('enter');
  expect(controller.get()).toMatchObject({message: challengeTold.solvedAlready, opening: undefined});
  expect(controller.get().player?.run.challenge?.moves).toBe(moves);
  press('s');
  expect(share).toHaveBeenCalledOnce();
  press('right');
  expect(controller.get().player?.overlay).toEqual({kind: 'closing', marked: 0});
});

test('the key that leads to the moves is always in the footer, with the name of their panel', async () => {
  for (const [id, title] of [
    ['crossed-fins', panelsChallengeSentences.title.en],
    ['by-hand-closed', panelsChallengeSentences.title.en],
  ] as const) {
    const {press, controller} = await inPlayer({}, id);
    const hints = () => keyHints(controller.get(), {columns: 80, rows: 24});
    press('space', 'G');
    // A host by hand begins in its form, from which the next panel is the challenge's.
    expect(hints()).toContainEqual(expect.objectContaining({key: 'tab', label: title}));
    press('tab', 'tab');
    expect(hints()).toContainEqual(expect.objectContaining({key: 'tab'}));
  }
});

test('a move that is not on offer is refused with the panel that has those on offer', async () => {
  for (const [id, source] of [
    ['four-silent-seconds', 'challenge'],
    ['by-hand-closed', 'byHand'],
  ] as const) {
    const {press, controller} = await inPlayer({}, id);
    press('space', 'G', 'x');
    expect(controller.get().message).toEqual(noForks(source));
  }
});

test('the page leads to the next challenge, and to the lesson behind this one', async () => {
  const leadsTo = async (...keys: readonly string[]) => {
    const app = await inPlayer();
    app.press('space');
    await closeAt(app, 1_000_000);
    app.press('G', ...keys);
    await app.settled();
    return app.openLessonSpy.mock.calls;
  };
  expect(await leadsTo('n')).toEqual([['other', {challenge: true}]]);
  expect(await leadsTo('j', 'enter')).toEqual([[lesson.challenge?.lesson]]);
});

test.each(['server-alert', 'long-answer-missing', 'five-small-files', 'wrong-shop'])(
  'tab leads from the ladder of %s to the goals first, whatever the run is about',
  async (id) => {
    const result = await openById(id, lessonData(), undefined, {challenge: true});
    const {press} = setUp({
      initial: {screen: 'player', run: 'run' in result ? result.run : expect.fail(result.message.en)},
    });
    expect(press('space', 'G', 'tab').player?.playback.focus).toBe('challenge');
  },
);

test('x on a packet is a move of a challenge, with the kinds that it offers and no others', async () => {
  const app = await inPlayer();
  const {press, controller} = app;
  press('space', 'G', 'x');
  const {player} = controller.get();
  expect(player?.overlay).toMatchObject({kind: 'alter', state: {kinds: ['delay'], kind: 'delay'}});
  press('enter');
  await app.settled();
  expect(controller.get().player?.run.challenge?.moves).toMatchObject([
    {kind: 'fault', fault: {kind: 'delay', byUs: 200_000}},
  ]);
});

test('a move whose run comes after the learner has left changes nothing in the run beneath', async () => {
  const whatIfs = [lesson.title];
  const over = await opened('crossed-fins');
  const run = {...handshakeRun({asks: false}), whatIfs, openWhatIf: () => ({run: over})};
  const {controller, press} = setUp({initial: {screen: 'player', run}, quiz: desk()});
  press('G', 'space', '1');
  await vi.waitUntil(() => controller.get().player?.run.challenge !== undefined);
  press('space', 'G', 'x', 'enter');
  expect(controller.get().opening).toBeDefined();
  press('q');
  await vi.waitUntil(() => controller.get().opening === undefined);
  expect(controller.get().player?.run).toBe(run);
});

test('a lesson’s last page offers the first unsolved challenge that belongs to it', async () => {
  const openIt = vi.fn(
    (): OpenResult => ({run: {...handshakeRun(), source: 'teardown', closing: {next: undefined}}}),
  );
  const {controller, press} = setUp({quiz: desk(), openLesson: openIt});
  chooseRow(controller, 'watch');
  await vi.waitUntil(() => controller.get().screen === 'player');
  expect(press().player?.run.closing?.challenge?.id).toBe('other');
  const offered = (...changes: readonly Partial<ChallengeList['entries'][number]>[]) => {
    const entries = list.entries.map((entry, index) => ({...entry, ...changes[index]}));
    const run: OpenedRun = {...handshakeRun(), source: 'teardown', closing: {next: undefined}};
    return offeringChallenge(run, {...note, challenges: {...list, entries}}).closing?.challenge?.id;
  };
  expect(offered({solved: true})).toBe('crossed-fins');
  expect(offered({lesson: 'handshake'})).toBe('crossed-fins');
  expect(offered({solved: true}, {lesson: 'handshake'})).toBeUndefined();
  // The lesson's own challenge is in the lesson, or among the page's other choices.
  expect(offered({solved: true}, {id: 'teardown'})).toBeUndefined();
});

test.each(['handshake', 'teardown'])(
  '%s: its challenge is opened by hand, wherever the lesson was left',
  async (id) => {
    const left = {...{atMs: 1, code: 'pt1-0', forks: [], fork: 0, viewMs: 1, us: 1, beat: 1, beats: 2}};
    const places = {
      ...placesKeeper(undefined, () => 0),
      of: () => ({...left, answers: {}, firstTries: {}, bookmarks: []}),
    };
    const run = async (part?: RunPart): Promise<OpenedRun> => {
      const result = await openById(id, lessonData(), places, part);
      return 'run' in result ? result.run : expect.fail(result.message.en);
    };
    const challenge = await run({challenge: true});
    expect(challenge.trace.header.byHand).toBeDefined();
    expect([challenge.left, challenge.opening]).toEqual([undefined, undefined]);
    // Whoever plays a host has not gone through the lesson, so it is neither finished nor to be checked.
    const learned: Learned[] = [];
    const {press} = setUp({
      initial: {screen: 'player', run: challenge},
      onLearned: (each) => learned.push(each),
    });
    press('space', 'G');
    expect([learned, challenge.check]).toEqual([[], undefined]);
    // The lesson itself is opened as it was left, and offers to play the host before its what-ifs.
    const own = await run();
    expect(own.trace.header.byHand).toBeUndefined();
    expect([own.left, own.closing?.byHand]).toEqual(['changed', true]);
    const first = await own.openWhatIf(0);
    expect('run' in first && first.run.trace.header.byHand).toBeTruthy();
  },
);

test('the menu goes on with the challenge that was tried last', () => {
  const tried = {id: 'crossed-fins', title: lesson.title};
  const openIt = vi.fn((): OpenResult => ({run: handshakeRun()}));
  const {controller} = setUp({quiz: desk({note: () => ({...note, tried})}), openLesson: openIt});
  chooseRow(controller, 'watch');
  expect(openIt).toHaveBeenCalledExactlyOnceWith('crossed-fins', {challenge: true});
});

test('a value that cannot be taken leaves the line open with what was typed, and tells what can be', async () => {
  const app = await inPlayer({}, 'four-silent-seconds');
  const {press, controller} = app;
  press('space', 'g', '2', 'enter', 'ctrl-u', '1', 'x', 'enter');
  await app.settled();
  const {player, message} = controller.get();
  expect(player?.playback.typing?.text).toBe('1x');
  expect(message?.en).toContain('24h');
  press('ctrl-u', '2', 's', 'enter');
  await app.settled();
  expect(controller.get().player?.run.challenge?.moves).toMatchObject([
    {kind: 'set', setting: {value: '2s'}},
  ]);
  expect(controller.get().player?.playback.typing).toBeUndefined();
});
