// Answers that are counted from an initial sequence number. Oracles: RFC 9293 §3.4 (numbers are modulo 2^32, a SYN uses up one), and
// the relative numbers that Wireshark gives to packets that lessons and captures pin.
import {expect, test} from 'vitest';
import {asCaptured} from '../../source/quiz/captured.ts';
import {grade} from '../../source/quiz/grade.ts';
import {beginsCount, countedFrom, rawOf, withCount} from '../../source/quiz/initial-numbers.ts';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import {promptText} from '../../source/quiz/prompt.ts';
import type {Question} from '../../source/quiz/question.ts';
import {ask} from '../../source/quiz/sheet.ts';
import {nextAck} from '../../source/quiz/tcp-numbers.ts';
import {seq} from '../../source/wire/seq.ts';
import {capturedTrace} from '../helpers/captured.ts';
import {about, questionsOf} from './asked-runs.ts';

const isn = seq(4_093_871_000);

test.each([
  ['+0', '4093871000'],
  ['+120', '4093871120'],
  // 4,093,871,000 + 201,096,300 = 2^32 + 4.
  ['+201096300', '4'],
  ['+4294967295', '4093870999'],
  ['120', '120'],
  ['0x78', '0x78'],
  ['+', undefined],
  ['+-3', undefined],
  ['-3', undefined],
  ['++3', undefined],
  ['+ 120', undefined],
  ['+120 ', undefined],
  [' +120', undefined],
  ['+0x78', undefined],
  ['+4294967296', undefined],
  ['+99999999999', undefined],
  ['', undefined],
])('%j means %s', (typed, raw) => {
  expect(rawOf(typed, isn)).toBe(raw);
});

test('where nothing is counted from, only a bare number is an answer', () => {
  expect([rawOf('+120', undefined), rawOf('120', undefined)]).toEqual([undefined, '120']);
});

test('a count is typed digit by digit, as far as sequence numbers go', () => {
  for (const typed of ['+', '+4', '+4294967295']) expect(beginsCount(typed)).toBe(true);
  for (const typed of ['', '4', '+-', '++', '+ ', '+4294967296', '+x'])
    expect(beginsCount(typed)).toBe(false);
});

test('a count stands beside numbers that follow the initial one, not beside others', () => {
  expect(withCount(4_093_871_001, isn)).toBe('4093871001 (+1)');
  expect(withCount(4, isn)).toBe('4');
  expect(withCount(4, seq(4_294_967_290))).toBe('4 (+10)');
  expect(withCount(121, undefined)).toBe('121');
  // A keep-alive probe of nothing sent begins before the SYN.
  expect(countedFrom(4_093_870_999, isn)).toBeUndefined();
});

const kinds: readonly QuestionKind[] = ['next-ack', 'next-seq'];
const runs = ['data-transfer', 'teardown', 'handshake'];
const typedIn = (questions: readonly Question[]) => questions.filter(({form}) => form === 'number');
const questions = kinds.flatMap((kind) => runs.flatMap((run) => questionsOf(about(run), kind)));

test('the answer of a typed question is right as a count from the SYN of the end whose number it is', () => {
  const typed = typedIn(questions);
  expect(typed.length).toBeGreaterThan(3);
  for (const question of typed) {
    const from = question.countsFrom;
    // A question prints the SYN that it counts from.
    expect(promptText(question.prompt).en).toContain(`seq=${from?.isn}`);
    const count = `+${seq(Number(question.answer) - (from?.isn ?? 0))}`;
    expect(grade(question, rawOf(count, from?.isn) ?? '').right).toBe(true);
    expect(grade(question, rawOf(count.slice(1), from?.isn) ?? '').right).toBe(false);
  }
});

test('a bare small number shows the belief in initial numbers of 0, the same number with + does not', () => {
  const diagnosed = typedIn(questions).flatMap((question) => {
    const small = question.wrongAnswers.find(({misconception}) => misconception === 'isn-zero-or-one');
    return small ? [{question, small: String(small.value)}] : [];
  });
  expect(diagnosed.length).toBeGreaterThan(3);
  for (const {question, small} of diagnosed) {
    const from = question.countsFrom?.isn;
    expect(grade(question, rawOf(small, from) ?? '').misconceptions).toEqual(['isn-zero-or-one']);
    expect(grade(question, rawOf(`+${small}`, from) ?? '')).toEqual({right: true, misconceptions: []});
  }
});

test('a handshake: the client’s ACK counts from the server, its first byte from itself', () => {
  const [, third] = questionsOf(about('handshake'), 'next-ack');
  expect(third?.countsFrom?.host.en).toBe('the server');
  const [next] = questionsOf(about('handshake'), 'next-seq');
  expect(next?.countsFrom?.host.en).toBe('the client');
});

test('what other programs read of a question is raw, and so is a question that asks for the initial number itself', () => {
  for (const {prompt} of questions) expect(promptText(prompt).en).not.toMatch(/\(\+\d/);
  for (const kind of ['raw-number', 'fill-in-handshake'] as const) {
    const own = questionsOf(about('data-transfer'), kind);
    expect(own.length).toBeGreaterThan(0);
    for (const {countsFrom} of own) expect(countsFrom).toBeUndefined();
  }
});

test.each([
  ['right-edge', 'sliding-window'],
  ['resent-seq', 'loss-recovery'],
] as const)('%s, from the sender’s SYN', (kind, run) => {
  const own = questionsOf(about(run), kind);
  expect(own.length).toBeGreaterThan(0);
  for (const {prompt, countsFrom} of own) {
    const [line] = prompt.flatMap((each) =>
      'kind' in each && each.kind === 'values' ? (each.counted?.en ?? []) : [],
    );
    const [, raw, count] = /=(\d+) \(\+(\d+)\)/.exec(line ?? '') ?? [];
    expect(seq(Number(raw) - Number(count))).toBe(countsFrom?.isn);
  }
});

test('where the SYN was not captured nothing is counted from it', () => {
  const countedIn = (name: string) => {
    const asked = asCaptured(capturedTrace(name));
    const questions = nextAck.places(asked).flatMap((place) => ask(nextAck, asked, place) ?? []);
    expect(questions.length).toBeGreaterThan(0);
    return questions.filter(({countsFrom}) => countsFrom !== undefined);
  };
  expect(countedIn('01a-client-close-idle.pcap').length).toBeGreaterThan(0);
  expect(countedIn('../captures-made/midstream-keep-alive.pcap')).toEqual([]);
});
