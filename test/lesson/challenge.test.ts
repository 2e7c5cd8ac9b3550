// Challenges as a value: what a file may say, what is decided of a run, and that the author's own solution and near misses are played.
import {basename} from 'node:path';
import {describe, expect, test} from 'vitest';
import {challengeFiles, lessonFiles, readLesson} from '../../scripts/lesson-files.ts';
import {simulate} from '../../scripts/simulate.ts';
import {attemptRun} from '../../source/lesson/attempt.ts';
import {checkLesson} from '../../source/lesson/check.ts';
import {type Judgement, judged, missingIn} from '../../source/lesson/judge.ts';
import type {Lesson} from '../../source/lesson/lesson.ts';
import {newChallenge} from '../../source/lesson/lesson-template.ts';
import {loadLesson} from '../../source/lesson/load.ts';
import type {Move} from '../../source/lesson/move.ts';
import {withMove} from '../../source/lesson/move.ts';
import {moveText, namesOfRun, parseMove} from '../../source/lesson/move-text.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {root} from '../helpers/root.ts';
import {part} from '../helpers/seeds.ts';
import {errorLine} from './fragments.ts';
import {type Told, toldError, toldProblem} from './told-problem.ts';

const text = newChallenge('sample', 'x.json');

/** The text of a challenge with some pieces replaced, each of which has to be there. */
const changed = (...pieces: readonly (readonly [string, string])[]): string =>
  pieces.reduce((before, [old, by]) => {
    expect(before).toContain(old);
    return before.replace(old, by);
  }, text);

const load = (source = text): Lesson => {
  const lesson = loadLesson(source, 'sample.yaml');
  return lesson.ok ? lesson.value : expect.fail(lesson.error.map(errorLine).join('\n'));
};

const data = {misconceptions: [], glossary: [], rules: [], labels: [], cards: []};
const checked = (source: string): readonly Told[] =>
  checkLesson(load(source), simulate, {...data, lessons: ['loss-recovery'], ours: true}).map(toldError);
const refused = (source: string): readonly Told[] => {
  const lesson = loadLesson(source, 'sample.yaml');
  return lesson.ok ? [] : lesson.error.map(toldError);
};

const moveOf = (line: string, lesson = load()): Move => {
  const [run] = lesson.runs;
  const move = run && parseMove(line, namesOfRun(run));
  return move?.ok ? move.value : expect.fail(line);
};

/** The judgement of the challenge's run with these moves. */
const judge = (lesson: Lesson, ...lines: readonly string[]): Judgement => {
  const {runs, challenge} = lesson;
  const [run] = runs;
  const moves = lines.map((line) => moveOf(line, lesson));
  const attempt = run && attemptRun(lesson, run, moves);
  if (!challenge || !attempt?.ok) return expect.fail('cannot be played');
  return judged(challenge, simulate(scenarioOf(attempt.value), {source: 'sample', run: 'base'}), moves);
};

describe('every challenge that ships', () => {
  const lessons = lessonFiles(`${root}/lessons`).map((file) => basename(file, '.yaml'));
  test.each(part(challengeFiles(`${root}/lessons`), 8).map((file) => [basename(file, '.yaml'), file]))(
    '%s is solved by its solution and missed by its near misses',
    (_, file) => {
      const lesson = readLesson(file, file);
      if (!lesson.ok) expect.fail(lesson.error.map(errorLine).join('\n'));
      expect(lesson.value.track).toBe('challenges');
      expect(checkLesson(lesson.value, simulate, {...data, lessons, ours: true}).map(errorLine)).toEqual([]);
    },
  );
});

describe('what the author wrote is played', () => {
  test('a sound one has no errors', () => expect(checked(text)).toEqual([]));

  const solution = "solution: ['drop@packet=4']";
  test.each<[readonly (readonly [string, string])[], Told]>([
    [[[solution, "solution: ['drop@packet=3']"]], {at: '48:13', says: 'challengeCheck.unsolved'}],
    [[['par: 1', 'par: 2']], {at: '48:13', says: 'challengeCheck.par', made: 1, par: 2}],
    [[["changes: ['drop@packet=1']", "changes: ['drop@packet=4']"]], {says: 'challengeCheck.solvedMiss'}],
    [
      [
        ["changes: ['drop@packet=1']", "changes: ['drop@packet=2', 'drop@packet=3']"],
        ["> 1'", "> 3'"],
      ],
      {says: 'challengeCheck.noMiss'},
    ],
    [[["changes: ['drop@packet=1']", "changes: ['path.delay=30ms']"]], {says: 'challengeCheck.noMiss'}],
    [
      [['offer: [drop, delay, path.delay]', 'offer: [delay]']],
      {at: '48:13', says: 'challengeCheck.notOffered', offer: ['delay']},
    ],
    [
      [["changes: ['drop@packet=1']", "changes: ['drop@from=client,nth=1-']"]],
      {says: 'challengeCheck.onePacket', move: 'drop@from=client,nth=1-'},
    ],
    [
      [[solution, "solution: ['drop@from=client']"]],
      {at: '48:13', says: 'challengeCheck.onePacket', move: 'drop@from=client'},
    ],
    [
      [['offer: [drop, delay, path.delay]', 'offer: [drop, delay, path.dealy]']],
      {at: '35:10', says: 'problem.unknownWord', given: 'path.dealy', near: 'path.delay'},
    ],
    [
      [['offer: [drop, delay, path.delay]', "offer: [drop, delay, path.delay, 'sever.tcp.*']"]],
      {says: 'problem.unknownWord', given: 'sever.tcp.*'},
    ],
    [
      [['lesson: loss-recovery', 'lesson: los-recovery']],
      {says: 'problem.unknownWord', given: 'los-recovery', near: 'loss-recovery'},
    ],
    [
      [
        ['{sends: client, carries: data, retransmission: true}', '{sends: client, carries: data}'],
        ['  uses: {drop: 1}\n', ''],
      ],
      {says: 'check.challenge'},
    ],
  ])('%j', (pieces, told) => {
    expect(checked(changed(...pieces))).toEqual(expect.arrayContaining([expect.objectContaining(told)]));
  });

  test('the text of another near miss is no reason for this one', () => {
    const miss = text.slice(text.indexOf("    - changes: ['drop@packet=1']"), text.indexOf('  learnt:'));
    const twice = changed(['  learnt:', `${miss.replace('drop@packet=1', 'drop@packet=2')}  learnt:`]);
    expect(checked(twice)).toMatchObject([{says: 'challengeCheck.otherMiss', number: 1}]);
  });
});

describe('what a file of the track has to say', () => {
  test.each(['sort', 'level', 'lesson', 'task', 'hints', 'solution', 'misses', 'learnt'])('%s', (key) => {
    const [before = '', after = ''] = text.split(new RegExp(`^ {2}${key}:.*\n(?: {4}.*\n| {2}#.*\n)*`, 'm'));
    expect(refused(before + after)).toEqual(
      expect.arrayContaining([expect.objectContaining({says: 'challengeCheck.missing', key})]),
    );
  });

  test('a lesson still needs its story, a challenge does not', () => {
    expect(refused(text)).toEqual([]);
    const asLesson = changed(['track: challenges', 'track: tcp-open']);
    expect(refused(asLesson).map(({name}) => name)).toEqual(
      expect.arrayContaining(['summary', 'minutes', 'rfc', 'beats']),
    );
  });

  test.each<[readonly [string, string], Told]>([
    [
      ['drop@packet=4', 'drop@packt=4'],
      {at: '48:20', says: 'faultReader.from', part: 'packt', near: 'packet'},
    ],
    [["['drop@packet=4']", "['call=close@host=server']"], {says: 'moveText.needs', key: 'at'}],
    [["['drop@packet=4']", "['call=close@host=sever,at=1s']"], {given: 'sever', near: 'server'}],
    [["['drop@packet=4']", '[nothing]'], {says: 'moveText.unread', text: 'nothing'}],
    [['offer: [drop', 'offer: [dorp'], {at: '35:11', given: 'dorp', near: 'drop'}],
    [['{sends: client, carries', '{sensd: client, carries'], {given: 'sensd', near: 'sends'}],
    [['par: 1', 'par: 1\n  stack: {host: sever}'], {given: 'sever', near: 'server'}],
  ])('%j', ([old, by], told) => {
    expect(refused(changed([old, by]))).toEqual(expect.arrayContaining([expect.objectContaining(told)]));
  });
});

describe('a run is judged', () => {
  test('by events, conditions and the number of moves', () => {
    const lesson = load(
      changed([
        '  offer:',
        "  holds: [{that: 'server.rcv.nxt == 1101', say: {en: all, zh: 全部}}]\n  most: 1\n  offer:",
      ]),
    );
    expect(judge(lesson, 'drop@packet=4')).toMatchObject({solved: true, holds: [true], broken: []});
    expect(judge(lesson, 'drop@from=client,nth=3-')).toMatchObject({
      ...{solved: false, holds: [false], broken: []},
      goals: [{met: true}],
    });
    expect(judge(lesson, 'drop@packet=4', 'drop@from=server,nth=2')).toMatchObject({
      ...{solved: false, goals: [{met: true}], holds: [true]},
      broken: [
        {kind: 'drop', asked: 1, made: 2},
        {kind: 'most', asked: 1, made: 2},
      ],
    });
    expect(judge(lesson, 'drop@packet=1')).toMatchObject({solved: false, miss: 0, broken: []});
    expect(judge(lesson)).toMatchObject({
      solved: false,
      goals: [{met: false}],
      broken: [{kind: 'drop', made: 0}],
    });
  });

  test('a learner who has changed nothing has not nearly missed', () => {
    const always = changed(["when: 'count({sends: client", "when: '0 == 0 || count({sends: client"]);
    expect(judge(load(always), 'drop@packet=2')).toMatchObject({miss: 0});
    expect(judge(load(always))).not.toHaveProperty('miss');
  });

  test('what is missing calls hosts by their labels, and says of conditions that they are not true', () => {
    const lesson = load(
      changed(
        ['  offer:', "  holds: [{that: 'server.rcv.nxt == 0', say: {en: all, zh: 全部}}]\n  offer:"],
        ['{sends: client, carries: data, retransmission: true}', '{enters: CLOSING, host: client}'],
      ),
    );
    const {challenge} = lesson;
    const hosts = [{name: 'client', ip: [], label: {en: 'phone', zh: '手机'}}];
    const unsaid = challenge?.goal.map(({selector, position}) => ({selector, position})) ?? [];
    const missing = challenge && missingIn({...challenge, goal: unsaid}, judge(lesson), {header: {hosts}});
    expect(missing).toHaveLength(3);
    expect(missing?.[0]?.en).toSay({says: 'challenge-check.missingTexts.event'});
    expect(missing?.[0]?.en).toContain('phone');
    expect(missing?.[0]?.zh).toContain('手机');
    expect(missing?.[1]?.en).toSay({says: 'challenge-check.missingTexts.condition'});
  });
});

describe('the notation of moves', () => {
  test.each([
    'drop@packet=3',
    'delay=200ms@from=client,nth=1',
    'path.delay=80ms',
    'call=close@host=server,at=1s',
    'call=listen@host=server,at=0s,port=81',
    'call=connect@host=client,at=2500ms,to=server:80,from=40001',
    'call=send@host=client,at=300ms,bytes=4000',
    'call=send@host=client,at=300ms,text=Hello, you=me',
    'call=setLink@at=1s,link=path,up=false',
  ])('%s is read and written the same', (line) => expect(moveText(moveOf(line))).toBe(line));

  test.each<[string, Told]>([
    ['call=clse@host=server,at=1s', {says: 'problem.unknownWord', given: 'clse', near: 'close'}],
    ['call=close', {says: 'moveText.call'}],
    ['call=close@at=1s', {says: 'moveText.needs', key: 'host'}],
    ['call=close@host=server,at=1', {given: undefined}],
    ['call=close@host=server,at=1s,bytes=3', {says: 'constructKeys.doesNotGo', key: 'bytes'}],
    ['call=send@host=client,at=1s', {says: 'tcpConstructs.bytesOrText'}],
    ['drop@from=nobody', {given: 'nobody'}],
  ])('%s is refused', (line, told) => {
    const [run] = load().runs;
    const move = run && parseMove(line, namesOfRun(run));
    if (!move || move.ok) return expect.fail('it was read');
    const facts = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
    expect(toldProblem(move.error)).toMatchObject(facts);
  });

  test('a setting takes the place of an earlier one and leaves the other moves', () => {
    const moves = ['call=close@host=server,at=1s', 'path.delay=80ms', 'path.mtu=900'].map((line) =>
      moveOf(line),
    );
    const after = withMove(moves, moveOf('path.delay=20ms'));
    expect(after.map(moveText)).toEqual(['call=close@host=server,at=1s', 'path.mtu=900', 'path.delay=20ms']);
  });
});
