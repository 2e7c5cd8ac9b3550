// A lesson's last page: marks of goals, beliefs by the answers given, and where one can go on.
import {expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {sameIn} from '../../../source/lesson/text.ts';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {closingPage} from '../../../source/view/opening/closing.ts';
import {closingScreen, closingSentences} from '../../../source/view/opening/closing-screen.ts';
import type {OpeningPage} from '../../../source/view/opening/opening.ts';
import {startPlayback} from '../../../source/view/time/playback.ts';
import type {PlaybackState} from '../../../source/view/time/playback-state.ts';
import {isQuestion} from '../../../source/view/time/waypoints.ts';
import {closingWords} from '../../../source/words/catalogue/opening.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {handshakeRun} from '../../helpers/render.ts';
import {open, playingAt, sceneOf} from '../player.ts';

const run = handshakeRun();
const [asked] = run.beats.filter(isQuestion);
if (asked?.kind !== 'prediction') throw new Error('the handshake asks');
/** a stands for a belief, b is right, c is only wrong. */
const question = (index: number, belief: string) => ({
  ...asked,
  index,
  choices: asked.choices.map((choice) => (choice.id === 'a' ? {...choice, misconception: belief} : choice)),
});

const opening: OpeningPage = {
  id: 'handshake',
  title: sameIn('The three-way handshake'),
  minutes: 8,
  profile: 'linux',
  reno: false,
  before: sameIn(''),
  hosts: [],
  goals: [
    {text: sameIn('say one thing'), questions: [1, 2, 7]},
    {text: sameIn('say another'), questions: [3]},
    {text: sameIn('do something'), questions: []},
  ],
  needs: [],
  leftOut: [],
  network: undefined,
  shelf: undefined,
};
const next = {id: 'refused', title: sameIn('Nobody listens'), minutes: 7};
const named = (id: string) => ({
  id,
  name: sameIn(`belief ${id}`),
  lesson: 'handshake',
  belief: sameIn(''),
  answerMeans: sameIn(''),
  correct: sameIn(''),
  rfc: '9293 §3.4',
});

const pageOf = (
  answers: Readonly<Record<number, string>>,
  weak?: ReadonlySet<string>,
  beats = [question(1, 'one'), question(2, 'one'), question(3, 'other')],
) => {
  const playback: PlaybackState = {
    ...startPlayback({language: 'en', motion: 'none', speed: 1, stopAtBeats: true, playing: false}),
    answers: Object.fromEntries(
      Object.entries(answers).map(([index, tries]) => {
        const [choice = '', second] = tries;
        const first = second === undefined ? {} : {first: {choice, hinted: false}};
        return [index, choice === 's' ? 'skipped' : {choice: second ?? choice, ...first}];
      }),
    ),
  };
  return closingPage(
    {
      ...{opening, closing: {next}, beats, playback},
      ...{misconception: named, whatIfs: [sameIn('lost'), sameIn('late')], check: 'handshake'},
    },
    weak,
  );
};

const look = {language: 'en', glyphs: unicodeGlyphs, marked: 0} as const;

test.each([
  ['nothing answered', {}, ['○○', '○', ''], [], []],
  ['all right', {1: 'b', 2: 'b', 3: 'b'}, ['✓✓', '✓', ''], [], []],
  ['a belief, then right', {1: 'a', 2: 'b', 3: 's'}, ['✗✓', '○', ''], ['one'], []],
  ['right, then a belief', {1: 'b', 2: 'a', 3: 'a'}, ['✓✗', '✗', ''], [], ['one', 'other']],
  ['right the second time', {1: 'ab', 3: 'ac'}, ['✗✓○', '✗✗', ''], [], ['one', 'other']],
  ['wrong in another way', {1: 'a', 2: 'c'}, ['✗✗', '○', ''], [], ['one']],
] as const)('%s', (_, answers, signs, mended, weak) => {
  const page = pageOf(answers);
  const glyph = {right: '✓', wrong: '✗', open: '○'};
  expect(
    page.goals.map(({marks}) =>
      marks
        .flat()
        .map((mark) => glyph[mark])
        .join(''),
    ),
  ).toEqual(signs);
  expect(page.mended.map(({id}) => id)).toEqual(mended);
  expect(page.weak.map(({id}) => id)).toEqual(weak);
});

test('a belief of earlier lessons stays weak until its record says otherwise', () => {
  expect(pageOf({1: 'b'}, new Set(['one'])).weak.map(({id}) => id)).toEqual(['one']);
});

test('only who has answered all of it right is told to be able to', () => {
  const heard = (answers: Readonly<Record<number, string>>): string =>
    closingSentences(pageOf(answers), look).join('\n');
  expect(heard({1: 'b', 2: 'b', 3: 'b'})).toMatch(/^You can now: say one thing, 2 of 2 right\.$/m);
  expect(heard({1: 'b', 2: 'b', 3: 'a'})).not.toContain('You can now');
  expect(heard({})).toContain('no question answered');
  expect(closingSentences(pageOf({}, undefined, []), look)[0]).toBe('The three-way handshake.');
});

test('what-ifs stand below each other where there is room; the rest is counted in the last row', () => {
  const titles = Array.from({length: 9}, (_, index) => ({en: `change ${index}`, zh: `改 ${index}`}));
  const choices = ['next', ...titles.keys(), 'check'] as const;
  const page = {...pageOf({}), whatIfs: titles.map(everywhere), choices};
  const texts = (rows: number): readonly string[] =>
    closingScreen(page, {...look, marked: 0, columns: 80, rows, keyHints: []}).map((line) =>
      line
        .map(({text}) => text)
        .join('')
        .trim(),
    );
  expect(texts(40).filter((line) => /(^|\s)change \d$/.test(line))).toHaveLength(9);
  // A row each as long as there are rows: two titles in one would read as one.
  expect(texts(24).filter((line) => /(^|\s)change \d$/.test(line))).toHaveLength(9);
  expect(texts(18).join('\n')).toMatch(/change \d +▾ \d more$/m);
  expect(texts(11).join('\n')).toMatch(/What if … +change 0 +▾ 8 more$/m);
});

test('the challenge to play a host is named as one, and the what-ifs behind it as such', () => {
  const page = {...pageOf({}), byHand: true} as const;
  const labels = (of: ReturnType<typeof pageOf>): readonly string[] =>
    closingSentences(of, look).flatMap((line) =>
      ['lost', 'late'].flatMap((title) => (line.includes(`${title}.`) ? [line.split(':')[0] ?? ''] : [])),
    );
  const [first = '', second = ''] = labels(pageOf({}));
  expect(first).toBe(second);
  expect(labels(page)).toEqual([closingWords.challenge.en, second]);
});

test('a long title stands alone, so that what stands at its right is there', () => {
  const page = {
    ...pageOf({}),
    title: everywhere({en: 'A title that takes a good part of a row', zh: '题'}),
  };
  const [head = []] = closingScreen(page, {...look, marked: 0, columns: 70, rows: 24, keyHints: []});
  const text = head.map((span) => span.text).join('');
  expect(text).toContain('A title that takes');
  expect(text).toContain('no question answered');
  expect(text).not.toContain(page.id);
});

test('at every size the marked way on is on the screen', () => {
  const page = pageOf({1: 'a', 2: 'b', 3: 'a'}, new Set(['other']));
  for (const rows of [9, 12, 24, 40])
    for (const [marked, choice] of page.choices.entries()) {
      const lines = closingScreen(page, {...look, marked, columns: 60, rows, keyHints: []}).map((line) =>
        line.map(({text}) => text).join(''),
      );
      const text =
        typeof choice === 'number'
          ? (page.whatIfs[choice]?.en ?? '')
          : {next: 'Next', challenge: 'Challenge', check: 'Check'}[choice];
      expect(lines.some((line) => /^ {2}▸ /.test(line) && line.includes(text))).toBe(true);
    }
});

test('the last lesson says that none comes after it', () => {
  const page = {...pageOf({}), next: undefined, isLast: true, choices: [0] as const};
  const textOf = (shown: typeof page | ReturnType<typeof pageOf>): string =>
    closingScreen(shown, {...look, columns: 80, rows: 24, keyHints: []})
      .map((line) => line.map(({text}) => text).join(''))
      .join('\n');
  expect(textOf(page)).toMatch(/Next +This was the last lesson/);
  expect(textOf(pageOf({}))).not.toContain('last lesson');
});

test('below it stands the run, where there are rows for it', () => {
  const opened = open({trace: run.trace});
  const scene = sceneOf(opened, playingAt(opened, 150_000));
  const lines = (rows: number, isOwn = true): string =>
    closingScreen(pageOf({1: 'b'}), {
      ...look,
      ...{columns: 80, rows, keyHints: [], run: {scene, isOwn}},
    })
      .map((line) => line.map(({text}) => text).join(''))
      .join('\n');
  expect(lines(40)).toMatch(/Your run[\s\S]+SYN seq=1000[\s\S]+SYN,ACK seq=9000 ack=1001[\s\S]+ACK seq=1001/);
  expect(lines(40, false)).toContain('The run');
  expect(lines(18)).not.toMatch(/Your run|SYN/);
});

test('the heads of many hosts do not run into the label of the run', () => {
  const trace = traceOf(allRuns().find(({name}) => name.startsWith('dns-recursion ')) ?? expect.fail());
  const opened = open({trace});
  const scene = sceneOf(opened, playingAt(opened, trace.durationUs));
  const lines = closingScreen(pageOf({1: 'b'}), {
    ...look,
    ...{columns: 120, rows: 40, keyHints: [], run: {scene, isOwn: false}},
  }).map((line) =>
    line
      .map(({text}) => text)
      .join('')
      .trim(),
  );
  expect(lines[lines.indexOf('The run') + 1]).toMatch(/laptop +resolver +root/);
});
