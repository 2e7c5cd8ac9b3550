// Sheets are composed: over questions of lessons, and over planted ones that break each rule. Oracle: the rules, counted anew.
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {sameIn} from '../../source/lesson/text.ts';
import {composed, difficultyOf, onSubject, tellsAnswer} from '../../source/quiz/composition.ts';
import type {QuestionKind, Topic} from '../../source/quiz/kinds.ts';
import {isPacket} from '../../source/quiz/prompt.ts';
import type {Question} from '../../source/quiz/question.ts';
import {sheet} from '../../source/quiz/sheet.ts';
import {allLessons} from '../helpers/all-runs.ts';
import {questionOf} from '../helpers/questions.ts';
import {brokenRules} from './composition-rules.ts';

type Planted = {
  readonly kind?: QuestionKind;
  readonly topic?: Topic;
  readonly says?: string;
  readonly right?: number;
};

/** Number `n`: of a run of its own unless it tells something. */
const planted = (
  n: number,
  {kind = 'next-ack', topic = 'tcp', says = '', right = 100_000 + n}: Planted,
): Question => {
  const base = questionOf('number', n);
  return {
    ...base,
    ...{id: `q${n}`, kind, topic, answer: right, prompt: [sameIn(`question ${n}`)]},
    explain: sameIn(says),
    evidence: {...base.evidence, packet: n, value: String(right)},
  };
};

const plain: readonly QuestionKind[] = [
  'next-ack',
  'next-seq',
  'which-flags',
  'state-after',
  'who-sends-next',
];
const on = onSubject(allLessons().filter(({id}) => id === 'teardown'));
const tcp = (from: number, count: number): readonly Question[] =>
  Array.from({length: count}, (_, n) => planted(from + n, {kind: plain[n % plain.length] ?? 'next-ack'}));

describe('planted', () => {
  test('five kinds make ten; four make eight, and why is said', () => {
    expect(composed(tcp(0, 30), 10, on).questions.length).toBe(10);
    const few = composed(
      tcp(0, 60).filter(({kind}) => kind !== 'next-seq'),
      10,
      on,
    );
    expect([few.questions.length, few.fewer]).toEqual([8, 'kind']);
    expect(brokenRules(few.questions, on)).toEqual([]);
  });
  test('three of ten off the subject, and no more', () => {
    const beside = (['ttl-left', 'next-query-to', 'which-status', 'cookie-sent'] as const).map((kind, n) =>
      planted(90 + n, {kind, topic: 'dns'}),
    );
    const made = composed([...beside, ...tcp(0, 7)], 10, on);
    expect([made.questions.length, made.questions.filter(({topic}) => topic !== 'tcp').length]).toEqual([
      10, 3,
    ]);
    const short = composed([...beside, ...tcp(0, 5)], 10, on);
    expect([short.questions.length, short.fewer]).toEqual([7, 'subject']);
  });
  test('what asks the same of the same packet is left out', () => {
    const [one] = tcp(0, 1);
    if (!one) throw new Error('one');
    const other = {
      ...one,
      id: 'other',
      kind: 'fill-in-handshake',
      prompt: [sameIn('in other words')],
    } as const;
    expect(composed([one, other], 2, on)).toMatchObject({questions: [one], fewer: 'same'});
  });
  test('a reply that answers another question leaves that one out, whichever comes first', () => {
    const teller = planted(1, {says: 'It is 4711: 4700 + 11.'});
    const told = planted(2, {kind: 'next-seq', right: 4711});
    expect([tellsAnswer(teller, told), tellsAnswer(told, teller)]).toEqual([true, false]);
    expect(tellsAnswer(planted(1, {says: 'It is 14711.'}), told)).toBe(false);
    for (const both of [
      [teller, told],
      [told, teller],
    ])
      expect(composed(both, 2, on)).toMatchObject({questions: [both[0]], fewer: 'told'});
    expect(brokenRules([teller, told], on)).toEqual(['told q1 q2']);
    const elsewhere = {...teller, evidence: {...teller.evidence, seed: 99}};
    expect(composed([elsewhere, told], 2, on).questions.length).toBe(2);
  });
  test('what another one asks is told by none: a fact, words, a packet, whatever the lesson', () => {
    const [plain, other] = [planted(1, {}), planted(2, {kind: 'next-seq'})];
    const asks = (secret: string): Question => ({...other, lesson: 'elsewhere', secrets: [secret]});
    expect(tellsAnswer(plain, asks('who waits'))).toBe(false);
    expect(tellsAnswer({...plain, tells: ['who waits']}, asks('who waits'))).toBe(true);
    const prints = (words: string): Question => ({...plain, prompt: [sameIn(words)]});
    expect(tellsAnswer(prints('It has RD=1.'), asks('RD=1'))).toBe(true);
    expect(tellsAnswer(prints('It has RD=10.'), asks('RD=1'))).toBe(false);
    const [line] = questionOf('choice').prompt.filter(isPacket);
    if (!line) throw new Error('no line');
    const shows = (packet: number): Question => ({...plain, prompt: [{...line, number: packet}]});
    expect([2, 3].map((packet) => tellsAnswer(shows(packet), other))).toEqual([true, false]);
    expect(tellsAnswer(prints('seq=4166262234'), planted(3, {right: 4_166_262_234}))).toBe(true);
  });
  test('two that turn on one belief, or ask one fact, are not on one sheet', () => {
    const [one, other] = [planted(1, {}), planted(2, {kind: 'is-it-so'})];
    const about = (secret: string, touches: readonly string[]) =>
      composed(
        [
          {...one, touches},
          {...other, secrets: [secret]},
        ],
        2,
        on,
      ).questions.length;
    expect([about('one', ['one']), about('one', ['another'])]).toEqual([1, 2]);
    const both = [one, other].map((each) => ({...each, secrets: ['a fact']}));
    expect(composed(both, 2, on)).toMatchObject({fewer: 'same'});
  });
  test('too few: as many as there are', () => {
    expect(composed(tcp(0, 3), 10, on)).toMatchObject({fewer: 'spent'});
    expect(composed(tcp(0, 10), 10, on).fewer).toBeUndefined();
  });
});

describe('of lessons', () => {
  const made = (ids: readonly string[], count: number) => {
    const lessons = allLessons().filter(({id}) => ids.includes(id));
    return {
      ...composed(sheet({lessons, seed: 3, crypto: nodeCrypto}), count, onSubject(lessons)),
      isOn: onSubject(lessons),
    };
  };
  const twenty = made(['handshake', 'teardown'], 20);
  test('twenty: no rule is broken, each ten from easy to hard, and the first ten are the sheet of ten', () => {
    expect([twenty.questions.length, twenty.fewer]).toEqual([20, undefined]);
    expect(brokenRules(twenty.questions, twenty.isOn)).toEqual([]);
    const first = twenty.questions.slice(0, 10);
    const hard = first.map(difficultyOf);
    expect(hard).toEqual(hard.toSorted((a, b) => a - b));
    expect(made(['handshake', 'teardown'], 10).questions.map(({id}) => id)).toEqual(first.map(({id}) => id));
  });
  test.each(['dns', 'tcp-close'])('%s: no rule is broken, and what is first varies', (track) => {
    const lessons = allLessons().filter((lesson) => lesson.track === track);
    const firsts = [931, 932, 934, 951].map((seed) => {
      const isOn = onSubject(lessons);
      const {questions} = composed(sheet({lessons, seed, crypto: nodeCrypto}), 10, isOn);
      expect(brokenRules(questions, isOn), `seed ${seed}`).toEqual([]);
      return questions[0]?.kind;
    });
    expect(new Set(firsts).size).toBeGreaterThan(1);
  });
  test('DNS: seven of ten at least on it', () => {
    const {questions, isOn} = made(['dns-recursion'], 10);
    expect(questions.length).toBe(10);
    expect(brokenRules(questions, isOn)).toEqual([]);
  });
});
