// The quiz in the app, without a terminal: what is kept, what opens and leads back, what is asked next and what is prepared.

import {expect, test, vi} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {ReviewCard} from '../../source/quiz/schedule.ts';
import type {Standing} from '../../source/quiz/standing.ts';
import type {AppOptions, QuizDesk} from '../../source/ui/app-options.ts';
import type {AppState} from '../../source/ui/app-state.ts';
import {makeController} from '../../source/ui/controller.ts';
import {keyContext} from '../../source/ui/key-context.ts';
import {keyHints} from '../../source/ui/key-hints.ts';
import type {Round} from '../../source/ui/opened-run.ts';
import {referenceIn} from '../../source/ui/quiz-reference.ts';
import type {QuizReference} from '../../source/view/quiz/quiz-screen.ts';
import {stepsFrom} from '../../source/view/quiz/result-screen.ts';
import {infoOf, questionOf, roundOf} from '../helpers/questions.ts';
import {appOptions, handshakeRun, openTerminal} from '../helpers/render.ts';
import '../helpers/meaning.ts';

const questions = [1, 2, 3].map((n) => questionOf('choice', n));

const card: ReviewCard = {
  ...{kind: 'belief', name: 'every-packet-plus-one', topic: 'tcp', lesson: 'handshake'},
  ...{dueMs: 0, lastMs: 0, answers: [false]},
};

const standing: Standing = {
  ...{sinceMs: 0, answers: 1, right: 0, lessons: new Map(), streak: 0, streakDays: 1, days: new Map()},
  beliefs: [{misconception: card.name, level: 'weak', answers: [false], lastMs: 0, dueMs: 0}],
  due: [card],
  later: [],
  ...{challenges: new Map(), dailyStreak: 0, dailySolved: false},
};

const two = (en: string) => everywhere({en, zh: en});

const pageData = {
  standing,
  here: {nowMs: 0, offsetMs: 0},
  lessons: [{id: 'handshake', title: two('The handshake'), track: 'tcp-open', summary: two('It opens.')}],
  misconceptions: [
    {
      id: 'every-packet-plus-one',
      name: two('plus one'),
      belief: two('one'),
      correct: two('bytes'),
      counter: {} as never,
    },
    {id: 'root-knows-ip', name: two('root'), belief: two('root'), correct: two('not'), counter: {} as never},
  ],
} as const;

const run = handshakeRun();

const menuLessons = ['handshake', 'why-three'].map((id) => ({
  ...{id, title: two(id), summary: two(id), track: 'tcp-open', minutes: 1},
})) as AppOptions['lessons'];

/** The belief of the questions, corrected by another lesson than the one that asks. */
const mended: QuizReference['misconception'] = (id) => {
  const known = roundOf([]).reference.misconception(id);
  return known && {...known, lesson: 'why-three'};
};

const setUp = async (round: Round, initial?: AppOptions['initial']) => {
  const {stdin, stdout} = openTerminal();
  const glance = {...run, source: 'counter', glance: true, at: {event: 1}} as const;
  const desk = {
    record: vi.fn<QuizDesk['record']>(() => undefined),
    begin: vi.fn<QuizDesk['begin']>(async () => ({round})),
    page: vi.fn<QuizDesk['page']>((kind) => ({kind, data: pageData, row: 0})),
    note: () => ({due: 0, toCorrect: 0, weak: new Set<string>(), lessons: new Map()}),
    putOff: vi.fn<QuizDesk['putOff']>(() => undefined),
    exportProgress: vi.fn<QuizDesk['exportProgress']>(() => ({...two('written'), isDone: true})),
    openCounter: vi.fn<QuizDesk['openCounter']>(() => ({run: glance})),
    openAsked: vi.fn<QuizDesk['openAsked']>(() => ({run})),
    interview: vi.fn<QuizDesk['interview']>(),
    openProof: vi.fn<QuizDesk['openProof']>(() => ({run})),
  };
  let nowMs = 0;
  const now = () => {
    nowMs += 1000;
    return nowMs;
  };
  const openLesson = vi.fn<AppOptions['openLesson']>(() => ({run: {...run, check: 'handshake'}}));
  const options = {
    ...appOptions,
    lessons: menuLessons,
    openLesson,
    stdin,
    stdout,
    quiz: desk,
    initial: initial ?? {screen: 'quiz', round},
  };
  const size = {columns: 80, rows: 24};
  const controller = makeController(options as AppOptions, {now, size: () => size});
  const exit = vi.fn();
  controller.attach({exit, redraw: vi.fn(), suspend: async () => {}, copy: vi.fn()});
  const press = (...keys: readonly string[]) => {
    for (const key of keys) controller.press(key);
    return controller.get();
  };
  const state = () => controller.get();
  const asks = (id: string) => vi.waitUntil(() => state().quiz?.state.question?.id === id);
  const keysShown = () => keyHints(state(), size).map(({key}) => key);
  const hintsShown = () => keyHints(state(), size).map(({label}) => label);
  if (initial === undefined) await asks(questions[0]?.id ?? '');
  return {
    desk,
    openLesson,
    controller,
    press,
    state,
    asks,
    exit,
    keysShown,
    hintsShown,
    context: () => keyContext(state()),
  };
};

test('an answer is kept once, with confidence and hints, when it is given', async () => {
  const {desk, press, asks} = await setUp(roundOf(questions));
  press('i', 'i', 'b');
  expect(desk.record).not.toHaveBeenCalled();
  press('1', '1', 'b');
  expect(desk.record).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({given: 'b', right: true, hints: 2, confidence: 'sure', askedIn: 'practice'}),
  );
  press('enter');
  await asks('choice-2');
});

test('what counts half says so before the answer, at 80 columns; behind it the run costs nothing', async () => {
  const {press, hintsShown} = await setUp(roundOf(questions));
  expect(hintsShown()).toEqual(expect.arrayContaining(['hint, counts half', 'run, counts half', 'back']));
  press('b', '1');
  expect(hintsShown()).toContain('open this run');
});

test('w where no single rule decides: the key is not offered, and says so when it is pressed', async () => {
  const {press, keysShown} = await setUp(roundOf(questions));
  press('b', '1');
  expect(keysShown()).not.toContain('w');
  expect(press('w').message?.en).toSay({says: 'quiz.quizWords.noRule'});
  expect(press('x').message?.en).toMatch(/does nothing here/);
});

test('W: the run that contradicts the belief, and q leads back to the very reply; a right answer has none', async () => {
  const {desk, press, state, asks, keysShown} = await setUp(roundOf(questions));
  const reply = press('a', '2', 'c').quiz;
  expect(keysShown()).toContain('W');
  expect(desk.record).toHaveBeenCalledWith(expect.objectContaining({given: 'a', again: 'c', mended: false}));
  press('W');
  await vi.waitUntil(() => state().screen === 'player');
  expect(desk.openCounter).toHaveBeenCalledWith('every-packet-plus-one');
  expect(state().player?.run.source).toBe('counter');
  expect(press('q')).toMatchObject({screen: 'quiz', player: undefined});
  expect(state().quiz).toBe(reply);
  press('enter');
  await asks('choice-2');
  press('b', '2', 'W');
  expect(keysShown()).not.toContain('W');
  expect(desk.openCounter).toHaveBeenCalledOnce();
});

test('a round left before the second try keeps the first answer', async () => {
  const {desk, press, context} = await setUp(roundOf(questions));
  press('a', '2', 'q');
  expect(context()).toBe('quizResult');
  expect(desk.record).toHaveBeenCalledWith(expect.objectContaining({given: 'a', right: false}));
  expect(desk.record).toHaveBeenCalledOnce();
});

test('whoever ends the program before the second try has answered, once', async () => {
  const {desk, controller, press} = await setUp(roundOf(questions));
  press('a', '2');
  expect(desk.record).not.toHaveBeenCalled();
  controller.close();
  controller.close();
  expect(desk.record).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({given: 'a', right: false}));
});

test('a review: what was answered wrongly and then put off has been answered', async () => {
  const {desk, press, asks} = await setUp(roundOf(questions, {info: infoOf({mode: 'review'})}));
  press('a', '2', 'l');
  await asks('choice-2');
  expect(desk.record).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({given: 'a', right: false}));
  expect(desk.putOff).toHaveBeenCalledExactlyOnceWith({question: questions[0]});
});

test('q ends an exam with open questions only when it is pressed twice in a row', async () => {
  const {press, state, asks, context} = await setUp(roundOf(questions, {info: infoOf({mode: 'exam'})}));
  press('a', 'enter');
  await asks('choice-2');
  expect(press('q').message?.en).toMatch(/^2 questions have no answer yet/);
  expect(context()).toBe('quiz');
  press('b');
  expect(state().quiz?.state.entry.marked).toBe(1);
  press('q');
  expect(context()).toBe('quiz');
  press('q');
  expect(context()).toBe('quizResult');
});

test('a key that a page has no use for says so', async () => {
  const {press} = await setUp(roundOf(questions));
  press('b', '1', 'q');
  expect(press('5').message?.en).toMatch(/does nothing here/);
});

test('a look at the run before the answer counts as a hint; in an exam there is none, nor a reply', async () => {
  const {desk, press, state} = await setUp(roundOf(questions));
  press('p');
  await vi.waitUntil(() => state().screen === 'player');
  press('q', 'b', '2');
  expect(desk.record).toHaveBeenCalledWith(expect.objectContaining({hints: 1}));
  const exam = await setUp(roundOf(questions, {info: infoOf({mode: 'exam'})}));
  exam.press('p', 'W', 'i', 'a', 'enter');
  expect(exam.desk.openAsked).not.toHaveBeenCalled();
  await exam.asks('choice-2');
  expect(exam.desk.record).toHaveBeenCalledWith(expect.objectContaining({askedIn: 'exam', hints: 0}));
});

test('the result: the belief of the marked row is watched, the wrong ones are repeated', async () => {
  const {press, state, asks, context} = await setUp(roundOf(questions.slice(0, 1)));
  press('a', '2', 'b', 'enter');
  expect(context()).toBe('quizResult');
  press('W');
  await vi.waitUntil(() => state().screen === 'player');
  press('q', 'r');
  await asks('choice-1');
  expect(press('q', 'q').screen).toBe('quiz');
});

const stepKeys = (state: AppState): readonly string[] =>
  state.quiz ? stepsFrom(state.quiz.state, referenceIn(state, state.quiz)).map(({key}) => key) : [];

test('the result: each step that it names is offered, and l opens the lesson that mends the belief', async () => {
  const round = roundOf(questions.slice(0, 1));
  const mending = {...round, reference: {...round.reference, misconception: mended}};
  const {press, state, context, openLesson} = await setUp(mending);
  press('a', '2', 'b', 'enter');
  expect(context()).toBe('quizResult');
  expect(stepKeys(state())).toEqual(['enter', 'W', 'l', 'r', 'n']);
  const offered = keyHints(state(), {columns: 200, rows: 24}).map(({key}) => key);
  expect(offered).toEqual(expect.arrayContaining([...stepKeys(state())]));
  const result = state().quiz;
  press('l');
  await vi.waitUntil(() => state().screen === 'player');
  expect(openLesson).toHaveBeenCalledExactlyOnceWith('why-three');
  // Its check would end the round below.
  expect(state().player?.run.check).toBeUndefined();
  expect(press('q')).toMatchObject({screen: 'quiz', quiz: result});
});

test('the result without a mistake leads to the next lesson, or to such questions again', async () => {
  const {press, state, asks, openLesson} = await setUp(roundOf(questions.slice(0, 1)));
  press('b', '1', 'enter');
  expect(stepKeys(state())).toEqual(['l', 'n']);
  press('l');
  await vi.waitUntil(() => state().screen === 'player');
  expect(openLesson).toHaveBeenCalledExactlyOnceWith('handshake');
  press('q', 'n');
  await asks('choice-1');
});

test('a review: l puts the question off, keeps no answer, and the next one comes', async () => {
  const left = [...questions];
  const round = roundOf(questions, {
    info: infoOf({mode: 'review'}),
    next: () => left[0],
    left: () => left.length,
  });
  const {desk, press, state, asks} = await setUp(round);
  desk.putOff.mockImplementation(() => void left.shift());
  press('l');
  await asks('choice-2');
  expect(desk.putOff).toHaveBeenCalledExactlyOnceWith({question: questions[0]});
  expect(desk.record).not.toHaveBeenCalled();
  expect(state().quiz?.state.info.count).toBe(2);
  press('b', 'l');
  expect(desk.putOff).toHaveBeenCalledOnce();
  const practice = await setUp(roundOf(questions));
  practice.press('l');
  expect(practice.desk.putOff).not.toHaveBeenCalled();
});

test('the next question is prepared while one is read, and then nothing is done any more', async () => {
  let pieces = 5;
  const prepare = vi.fn(() => --pieces > 0);
  const {press, asks} = await setUp(roundOf(questions, {prepare}));
  await vi.waitUntil(() => pieces === 0);
  await new Promise((resolve) => setImmediate(resolve));
  expect(prepare.mock.calls).toEqual(Array.from({length: 5}, () => [1]));
  pieces = 2;
  press('b', '2', 'enter');
  await asks('choice-2');
  await vi.waitUntil(() => pieces === 0);
  expect(prepare).toHaveBeenLastCalledWith(2);
});

test('progress: rows are chosen and practised, a belief is watched, records are written', async () => {
  const page = {kind: 'progress', data: pageData, row: 0} as const;
  const {desk, press, state, asks} = await setUp(roundOf(questions), {screen: 'page', page});
  press('p');
  await asks('choice-1');
  expect(desk.begin).toHaveBeenLastCalledWith({belief: 'every-packet-plus-one'});
  press('q');
  await vi.waitUntil(() => state().screen === 'page');
  for (const key of ['W', 'enter']) {
    press(key);
    await vi.waitUntil(() => state().screen === 'player');
    expect(desk.openCounter).toHaveBeenLastCalledWith('every-packet-plus-one');
    expect(press('q')).toMatchObject({screen: 'page', page: {row: 0}});
  }
  expect(press('down', 'up').page?.row).toBe(0);
  press('e');
  expect(state().message).toMatchObject({en: 'written', isDone: true});
  press('w');
  await asks('choice-1');
  expect(desk.begin).toHaveBeenLastCalledWith('weak');
});

test('review: l puts the marked card off, and the page is drawn anew', async () => {
  const page = {kind: 'review', data: pageData, row: 0} as const;
  const {desk, press, state} = await setUp(roundOf(questions), {screen: 'page', page});
  desk.page.mockImplementation((kind) => ({
    ...{kind, row: 0},
    data: {...pageData, standing: {...standing, due: [], later: [card]}},
  }));
  press('l');
  expect(desk.putOff).toHaveBeenCalledExactlyOnceWith({card});
  await vi.waitUntil(() => state().page?.data.standing.due.length === 0);
  press('l');
  expect(desk.putOff).toHaveBeenCalledOnce();
  press('enter');
  expect(desk.begin).toHaveBeenCalledExactlyOnceWith('weak');
});

test('the end of a lesson: Q checks it, and q leads back to where the lesson was', async () => {
  const lesson = {...handshakeRun({asks: false}), check: 'handshake', at: {event: 1}};
  const {desk, press, state, asks, exit} = await setUp(roundOf(questions), {screen: 'player', run: lesson});
  press('Q');
  expect(desk.begin).not.toHaveBeenCalled();
  press('G');
  const before = press('Q').player;
  await asks('choice-1');
  expect(desk.begin).toHaveBeenCalledExactlyOnceWith({check: 'handshake'});
  press('p');
  await vi.waitUntil(() => state().screen === 'player');
  press('q', 'a', '2', 'q', 'q');
  expect(state()).toMatchObject({screen: 'player', underPlayer: 'shell', quiz: undefined});
  expect(state().player?.playback).toEqual(before?.playback);
  press('q');
  expect(exit).toHaveBeenCalledWith('quit');
});
