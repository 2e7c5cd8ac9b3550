// A sheet about one lesson: its author's questions come first, and nothing off its subject is asked. New kinds of thin topics are worked out
// by hand from the lesson's own numbers.
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {byAuthor, composed, onPoint, rulesFor} from '../../source/quiz/composition.ts';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import {isCentral} from '../../source/quiz/lesson-topic.ts';
import {sheet} from '../../source/quiz/sheet.ts';
import {allLessons, lessonNamed} from '../helpers/all-runs.ts';
import {asksOthers, part} from '../helpers/seeds.ts';
import {about, rightsOf} from './asked-runs.ts';

const sheetOf = (id: string, seed: number) => {
  const lessons = [lessonNamed(id)];
  return composed(sheet({lessons, seed, crypto: nodeCrypto}), 20, onPoint(lessons), rulesFor(lessons));
};

/** The kinds that a lesson on a thin topic has for itself. */
const own: {readonly [lesson: string]: readonly QuestionKind[]} = {
  'delayed-ack': ['ack-reason', 'nagle-leaves'],
  'your-capture': ['capture-copies', 'capture-place', 'capture-rtt', 'wire-segments'],
  'rack-tlp': ['loss-probe', 'why-again', 'sack-says'],
  // A sheet about the longest runs takes as long as twenty others. `each-kind.test.ts` asks these kinds in `npm test`.
  ...(asksOthers() && {cubic: ['cubic-region', 'cubic-max', 'cubic-ssthresh']}),
};

describe.each(Object.entries(own))('%s', (id, kinds) => {
  const {questions} = sheetOf(id, 67);
  test('its kinds are asked', () => {
    expect(new Set(questions.map(({kind}) => kind))).toEqual(
      new Set([...questions.map(({kind}) => kind), ...kinds]),
    );
  });
  test('each ten begins with what the author wrote, and all of it is on the subject', () => {
    for (const ten of [questions.slice(0, 10), questions.slice(10)]) {
      const generated = ten.findIndex(({kind}) => !byAuthor.includes(kind));
      expect(ten.slice(generated).filter(({kind}) => byAuthor.includes(kind))).toEqual([]);
    }
    expect(questions.filter(({kind}) => byAuthor.includes(kind)).length).toBeGreaterThan(3);
    expect(questions.filter((each) => !isCentral(lessonNamed(id), each))).toEqual([]);
  });
  test('no question of the author comes a second time', () => {
    const asked = questions
      .filter(({kind}) => byAuthor.includes(kind))
      .map(({evidence}) => `${evidence.run} ${evidence.field}`);
    const fields = asked.filter((each) => /(beat|question) \d+$/.test(each));
    expect(new Set(fields).size).toBe(fields.length);
  });
});

test.each(
  part(
    allLessons().map(({id}) => id),
    1,
  ),
)('%s: eight questions at least', (id) => {
  expect(sheetOf(id, 67).questions.length).toBeGreaterThanOrEqual(8);
});

test('words narrow kinds: a lesson about closing takes what names a FIN', () => {
  const lesson = {kinds: ['next-ack'], about: ['FIN']};
  const asks = (flags: readonly string[]) => ({kind: 'next-ack', prompt: [], givens: {flags}}) as const;
  expect([isCentral(lesson, asks(['FIN', 'ACK'])), isCentral(lesson, asks(['PSH', 'ACK']))]).toEqual([
    true,
    false,
  ]);
  expect(isCentral(lesson, {kind: 'next-seq', prompt: [], givens: {}})).toBe(false);
});

test('a kind of its own narrows further, and a list of words means these alone', () => {
  const lesson = {
    kinds: ['next-ack', 'which-flags'],
    about: ['SYN'],
    aboutKinds: {'next-ack': [['SYN', 'LISTEN']]},
  };
  const isOn = (kind: QuestionKind, flags: readonly string[], state: string) =>
    isCentral(lesson, {kind, prompt: [], givens: {flags, state}});
  expect(isOn('next-ack', ['SYN'], 'LISTEN')).toBe(true);
  expect(isOn('next-ack', ['SYN', 'ACK'], 'LISTEN')).toBe(false);
  expect(isOn('next-ack', ['SYN'], 'SYN-SENT')).toBe(false);
  expect(isOn('which-flags', ['SYN', 'ACK'], 'SYN-SENT')).toBe(true);
});

test('runs narrow what is generated: only those that the lesson names, without a packet lost besides', () => {
  const [id, evidence] = [
    'simultaneous-open',
    {source: 'simultaneous-open', seed: 2, field: 'x', value: '1'},
  ];
  const lesson = lessonNamed(id);
  const isOn = (kind: QuestionKind, run: string, faults: readonly string[] = []) =>
    isCentral(lesson, {kind, evidence: {...evidence, run, faults, profile: 'rfc'}});
  expect([isOn('who-sends-next', 'base'), isOn('who-sends-next', 'one-dials')]).toEqual([true, false]);
  expect(isOn('who-sends-next', 'base', ['drop packet=2'])).toBe(false);
  expect(isOn('prediction', 'one-dials')).toBe(true);
});

// delayed-ack, by its own text: quick ACKs at 25, 35 and 40 ms; the timer of 40 ms from 125 ms on; Nagle's rule lets go at 30 and 170 ms.
test.each([
  ['delayed-ack', 'nagle-leaves', ['30000', '170000']],
  ['delayed-ack/no-delay', 'nagle-leaves', []],
  ['delayed-ack', 'ack-reason', ['quick', 'quick', 'quick', 'timer', 'quick', 'quick']],
  ['your-capture/lost', 'capture-copies', ['2']],
  ['your-capture', 'capture-place', ['client', 'server']],
] as const)('%s: %s', (run, kind, rights) => {
  expect(rightsOf(about(run), kind).map((each) => each.replace(/^#\d+ /, ''))).toEqual(rights);
});
