// The interview by its keys: a topic, a question, its points, what is kept, and ways out; and what of it the review brings back.
import {expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {InterviewQuestion} from '../../source/lesson/interview.ts';
import type {ProgressRecord} from '../../source/quiz/progress-record.ts';
import {openQuestionOf} from '../../source/quiz/schedule.ts';
import {standingOf} from '../../source/quiz/standing.ts';
import {pressInInterview} from '../../source/ui/interview.ts';
import type {Action} from '../../source/ui/key-entry.ts';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {type Choice, drawn, unknownWords} from '../../source/view/interview/interview-draw.ts';
import {interviewScreen} from '../../source/view/interview/interview-screen.ts';
import {interviewNews} from '../../source/view/interview/interview-sentences.ts';
import {
  begun,
  type InterviewState,
  offered,
  openInterview,
  timePassed,
} from '../../source/view/interview/interview-state.ts';
import {interviewWords} from '../../source/words/catalogue/interview.ts';

const two = (text: string) => everywhere({en: text, zh: text});

const question = (id: string, topic: InterviewQuestion['topic']): InterviewQuestion => ({
  id,
  topic,
  level: id === 'two' ? 3 : 1,
  sets: ['web'],
  words: [`词${id}`],
  belief: 'dns-pushed',
  ask: two(`ask ${id}`),
  next: [two('and then?')],
  points: [
    {id: 'shown', text: two('point one'), proof: {lesson: 'handshake'}},
    {id: 'told', text: two('point two')},
  ],
  answer: two(Array.from({length: 80}, (_, index) => `word${index}`).join(' ')),
});

const all = [question('one', 'dns'), question('two', 'dns'), question('three', 'http')];
const start = openInterview({
  all,
  missed: new Map([['one', ['told']]]),
  titles: new Map([['handshake', two('Three-way handshake')]]),
  beliefs: new Map([['dns-pushed', {belief: two('wrong'), correct: two('right')}]]),
  seed: 3,
});

const pressed = (from: InterviewState, ...actions: readonly Action[]) => {
  let interview: InterviewState | undefined = from;
  const effects = actions.flatMap((action) => {
    const outcome = interview && pressInInterview(interview, action);
    interview = outcome?.interview;
    return outcome?.effects ?? [];
  });
  return {interview, effects};
};

/** The session that begins with this row of the first page. */
const chosen = (wanted: (choice: ReturnType<typeof offered>[number]) => boolean): InterviewState => {
  const row = offered(start).findIndex(wanted);
  const downs = Array.from({length: row}, (): Action => 'listDown');
  return pressed(start, ...downs, 'interviewOn').interview ?? start;
};

const inDns = chosen((choice) => choice.kind === 'topic' && choice.topic === 'dns');

const screenOf = (state: InterviewState, rows = 24): string =>
  interviewScreen(state, {columns: 80, rows, glyphs: unicodeGlyphs, language: 'en', keyHints: []})
    .map((line) => line.map(({text}) => text).join(''))
    .join('\n');

test('a topic is chosen, a question answered aloud, and only then its points are seen', () => {
  expect(inDns).toMatchObject({phase: 'asking', from: {kind: 'topic', topic: 'dns'}, at: 0});
  expect(screenOf(inDns)).toContain('ask one');
  expect(screenOf(inDns)).toContain('1 of 2');
  expect(screenOf(inDns)).not.toContain('point one');
  const {interview} = pressed(inDns, 'interviewOn');
  expect(screenOf(interview ?? start)).toMatch(/\[ \] point one/);
  expect(screenOf(interview ?? start)).not.toContain('word79');
});

test('what is said beside a point stands as sentences of its language do', () => {
  const {interview = start} = pressed(inDns, 'interviewOn');
  const textIn = (language: 'en' | 'zh') =>
    interviewScreen(interview, {columns: 80, rows: 24, glyphs: unicodeGlyphs, language, keyHints: []})
      .map((line) => line.map(({text}) => text).join(''))
      .find((line) => line.includes('point two'));
  for (const language of ['en', 'zh'] as const) {
    const {noRun, missedLast} = interviewWords;
    const beside = language === 'en' ? ` ${noRun.en} ${missedLast.en}` : `${noRun.zh}${missedLast.zh}`;
    expect(textIn(language)).toContain(`point two${beside}`);
  }
});

test('what was ticked and what was not is kept when the question is left; the last one ends with the result', () => {
  const first = pressed(inDns, 'interviewOn', 'interviewTick', 'interviewOn');
  expect(first.effects).toEqual([
    {
      kind: 'recordTicks',
      ticks: {
        ...{kind: 'ticks', question: 'one', topic: 'dns', lesson: 'handshake'},
        ...{ticked: ['shown'], missed: ['told']},
      },
    },
  ]);
  const last = pressed(first.interview ?? start, 'interviewOn', 'interviewOn');
  expect(last.interview).toMatchObject({phase: 'result', at: 2});
  expect(screenOf(last.interview ?? start)).toContain('1/2  ask one');
  expect(pressed(last.interview ?? start, 'back').interview).toBeUndefined();
});

test('the lesson that shows a point is called by its title', () => {
  const points = pressed(inDns, 'interviewOn').interview ?? inDns;
  expect(screenOf(points)).toContain('“Three-way handshake”');
});

test('q keeps what was ticked, and leaves at once where nothing was', () => {
  const stopped = pressed(inDns, 'interviewOn', 'interviewTick', 'back');
  expect(stopped.interview?.phase).toBe('result');
  expect(stopped.effects).toHaveLength(1);
  expect(pressed(inDns, 'interviewOn', 'back')).toEqual({interview: undefined, effects: []});
});

test('a run is opened only for a point that has one', () => {
  const {effects} = pressed(inDns, 'interviewOn', 'interviewShow', 'listDown', 'interviewShow');
  expect(effects).toEqual([{kind: 'openProof', question: 'one', point: 'shown', lesson: 'handshake'}]);
  const {interview} = pressed(inDns, 'interviewOn', 'listDown');
  expect(screenOf(interview ?? start)).toContain('No run shows this');
});

test('on a small screen the answer is seen to its end, and the marked point again after a move', () => {
  const read = pressed(inDns, 'interviewOn', 'interviewAnswer').interview ?? start;
  expect(screenOf(read, 15)).toContain('word0');
  const beside = pressed(read, 'listDown', 'listUp').interview ?? start;
  for (const text of ['word79', 'point one']) expect(screenOf(beside, 15)).toContain(text);
  expect(interviewNews(read, pressed(read, 'interviewTick').interview ?? start, 'en')[0]).toBe(
    'said: point one',
  );
});

test('what the review brings is titled as what is due', () => {
  const due = begun(start, [question('one', 'dns'), question('three', 'http')], {from: {kind: 'due'}});
  expect(screenOf(due)).toContain('what is due');
  expect(screenOf(due)).not.toContain('A mix');
});

const idsOf = (from: Choice, more: {readonly seed?: number; readonly count?: number} = {}) =>
  drawn(all, {from, ...more}).map(({id}) => id);

test('the same seed draws the same order, and none draws that of the file', () => {
  expect(idsOf({kind: 'topic', topic: 'dns'})).toEqual(['one', 'two']);
  expect(idsOf({kind: 'all'})).toEqual(['one', 'two', 'three']);
  expect(idsOf({kind: 'all'}, {seed: 5})).toEqual(idsOf({kind: 'all'}, {seed: 5}));
  const orders = new Set(Array.from({length: 20}, (_, seed) => idsOf({kind: 'all'}, {seed})[0]));
  expect(orders.size).toBe(2);
});

test('a mix asks of each topic in turn, a set from easy to hard', () => {
  for (const seed of [1, 2, 3]) {
    expect(idsOf({kind: 'mix'}, {seed})[1]).toBe('three');
    expect(idsOf({kind: 'set', set: 'web'}, {seed})[2]).toBe('two');
  }
  expect(idsOf({kind: 'set', set: 'network'})).toEqual([]);
  expect(idsOf({kind: 'mix'}, {count: 2})).toEqual(['one', 'three']);
});

test('words find questions by their names first, and only as whole words', () => {
  const byWords = (...words: readonly string[]) => idsOf({kind: 'words', words});
  expect(byWords('two')).toEqual(['two', 'one', 'three']);
  expect(byWords('word79')).toEqual(['one', 'two', 'three']);
  expect(byWords('three', 'word79')).toEqual(['three']);
  expect(byWords('词one')).toEqual(['one']);
  expect(byWords('poin', 'three')).toEqual(['three']);
  expect(unknownWords(all, ['thre'])).toEqual([{word: 'thre', near: 'three'}]);
});

test('the clock of a set runs while it is asked, ends nothing, and can be switched off', () => {
  const web = chosen((choice) => choice.kind === 'set' && choice.set === 'web');
  expect(web.clock).toEqual({limitMs: 1_200_000, spentMs: 0});
  const later = timePassed(web, 1_260_000);
  expect(later).toMatchObject({phase: 'asking', clock: {spentMs: 1_260_000}});
  expect(screenOf(later)).toContain('1 min 0 s over');
  const off = pressed(later, 'interviewClock').interview ?? later;
  expect(timePassed(off, 1000)).toBe(off);
  expect(screenOf(off)).not.toContain('over');
  expect(inDns.clock).toBeUndefined();
});

test('a question that is read has answer, myth and fact, and keys to its run, lesson and belief', () => {
  const read =
    pressed(
      chosen(({kind}) => kind === 'read'),
      'listDown',
      'interviewOn',
    ).interview ?? start;
  expect(read).toMatchObject({phase: 'reading', at: 1});
  const seen = screenOf(read, 40);
  for (const text of ['ask two', 'word79', 'Myth: “wrong”', 'Fact: right', 'point two'])
    expect(seen).toContain(text);
  expect(pressed(read, 'interviewShow').effects).toEqual([]);
  expect(pressed(read, 'listDown', 'interviewShow').effects).toEqual([
    {kind: 'openProof', question: 'two', point: 'shown', lesson: 'handshake'},
  ]);
  expect(pressed(read, 'interviewLesson', 'watch').effects).toEqual([
    {kind: 'open', lesson: 'handshake'},
    {kind: 'openCounter', misconception: 'dns-pushed'},
  ]);
  expect(pressed(read, 'interviewTick', 'back').interview).toMatchObject({phase: 'list', row: 1});
  expect(pressed(read, 'interviewOn').interview).toMatchObject({phase: 'reading', at: 2});
  expect(pressed(read, 'back', 'back', 'back').interview).toBeUndefined();
});

test('before a question is answered, no key gives away its lesson', () => {
  expect(pressed(inDns, 'interviewLesson', 'watch').effects).toEqual([]);
});

test('what was not ticked comes back in the review the sooner', () => {
  const dayMs = 86_400_000;
  const ticks = (id: string, missed: readonly string[]): ProgressRecord => ({
    ...{id, atMs: 0, kind: 'ticks', question: id, topic: 'dns', lesson: 'handshake'},
    ...{ticked: ['shown'], missed},
  });
  const records = [ticks('whole', []), ticks('half', ['told'])];
  const dueAfter = (days: number) =>
    standingOf(records, {nowMs: days * dayMs, offsetMs: 0}).due.map(openQuestionOf);
  expect(dueAfter(1)).toEqual(['half']);
  expect(dueAfter(30).toSorted()).toEqual(['half', 'whole']);
});
