// What a question is answered by stands in it, and in no other one of its sheet. Oracle: objections of experts who answered sheets
// blind.
import {expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {sameIn} from '../../source/lesson/text.ts';
import {composed} from '../../source/quiz/composition.ts';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import {isPacket, promptText} from '../../source/quiz/prompt.ts';
import type {Question} from '../../source/quiz/question.ts';
import {tellsAnswer} from '../../source/quiz/tells.ts';
import {inEvery} from '../../source/words/catalogue/language.ts';
import {allLessons} from '../helpers/all-runs.ts';
import {about, questionsOf} from './asked-runs.ts';

const asked = (kind: QuestionKind, ...runs: readonly string[]): readonly Question[] => {
  const found = runs.flatMap((run) => questionsOf(about(run), kind));
  expect(found.length).toBeGreaterThan(0);
  return found;
};

test('a sentence is decided by itself: the name of its run does not stand beside it', () => {
  for (const {prompt} of asked('is-it-so', 'time-wait/silence', 'why-four/never', 'https-tls13/early'))
    expect(promptText(prompt).en).not.toMatch(/“[^”]*” \(/);
});

test('a sentence of a pack is asked alone only if no value and no host tie it to its run', () => {
  const own = about('handshake');
  const {lesson} = own.variant;
  const place = {file: 'misconceptions.yaml', position: {line: 1, column: 1}};
  const ofPack = (sentence?: string) => {
    const said =
      sentence === undefined ? {} : {shown: inEvery(() => [sentence]), believed: inEvery(() => ['No.'])};
    const counters = (lesson.counters ?? []).map((counter) => ({...counter, place, ...said}));
    return questionsOf({...own, variant: {...own.variant, lesson: {...lesson, counters}}}, 'is-it-so');
  };
  expect(ofPack().length).toBeLessThan(questionsOf(own, 'is-it-so').length);
  expect(ofPack('The client sends a SYN.').length).toBeGreaterThan(0);
  const named = {...own.variant.run, hosts: own.variant.run.hosts.map((host) => ({...host, name: 'alice'}))};
  const counters = (lesson.counters ?? []).map((counter) => ({
    ...counter,
    place,
    shown: inEvery(() => ['Then alice sends a SYN.']),
    believed: inEvery(() => ['No.']),
  }));
  const variant = {...own.variant, run: named, lesson: {...lesson, counters}};
  expect(questionsOf({...own, variant}, 'is-it-so')).toEqual([]);
});

test('a row as it was sent tells which one was altered, whatever the run', () => {
  for (const question of asked('spot-faulty', 'teardown', 'data-transfer')) {
    const [row] = question.secrets ?? [];
    const rows = question.prompt.filter(isPacket);
    expect(row).toMatch(/seq=\d+/);
    expect(promptText(question.prompt).en.includes(` ${row}\n`)).toBe(false);
    const [first] = rows;
    if (!first || row === undefined) throw new Error('no row');
    const parts = first.parts.map((part) => ({...part}));
    const plain: Question = {
      ...question,
      id: 'other',
      prompt: [everywhere({en: `It prints ${row}`, zh: row})],
      secrets: [],
    };
    expect(tellsAnswer(plain, question)).toBe(true);
    expect(tellsAnswer({...plain, prompt: [{...first, parts}]}, question)).toBe(false);
  }
});

test('a number to be typed stands in no other prompt; rows behind those of a lesson’s question tell it', () => {
  const [typed] = asked('window-bytes', 'handshake').map(
    (each): Question => ({...each, form: 'number', choices: [], answer: 64256}),
  );
  const [lesson] = asked('spot-faulty', 'teardown').map((each): Question => ({...each, secrets: []}));
  if (!typed || !lesson) throw new Error('none');
  const prints = (words: string): Question => ({
    ...typed,
    id: 'other',
    prompt: [sameIn(words)],
    answer: 1,
  });
  expect(tellsAnswer(prints('RCV.WND=64256'), typed)).toBe(true);
  expect(tellsAnswer(prints('RCV.WND=642560'), typed)).toBe(false);
  const rows = lesson.prompt.filter(isPacket);
  const asks: Question = {
    ...lesson,
    kind: 'question',
    prompt: rows.slice(0, 2),
    evidence: {...lesson.evidence, field: 'expression:1'},
  };
  const elsewhere = {...lesson.evidence, seed: 99};
  expect(tellsAnswer({...lesson, id: 'other', evidence: elsewhere}, asks)).toBe(true);
  expect(tellsAnswer({...lesson, id: 'other', prompt: rows.slice(0, 2), evidence: elsewhere}, asks)).toBe(
    false,
  );
});

test('where the lost one stands among the rows does not tell it', () => {
  const runs = ['handshake-loss/third', 'teardown/what-if-1', 'first-packet', 'data-transfer', 'delayed-ack'];
  const faults = [5, 6, 8, 9, 10].map((packet) => ({kind: 'drop', at: {packet}}) as const);
  const questions = runs.flatMap((run) =>
    [about(run), ...faults.map((fault) => about(run).fork(fault, () => false))].flatMap((each) =>
      questionsOf(each, 'which-packet-lost'),
    ),
  );
  const places = questions.map(({prompt, answer}) => {
    const rows = prompt.filter(isPacket).map(({number}) => number);
    expect(rows.length).toBeGreaterThan(3);
    return `${rows.indexOf(Number(answer)) + 1} of ${rows.length}`;
  });
  expect(new Set(places).size).toBeGreaterThan(3);
});

test('times of one question have as many decimals as the others', () => {
  for (const kind of ['which-timer', 'ends-in-time-wait', 'loss-probe'] as const)
    for (const {choices} of asked(kind, 'teardown', 'time-wait', 'handshake-loss/syn', 'rack-tlp')) {
      const times = choices.flatMap(({text}) => /[\d.]+ s$/.exec(text.en)?.[0] ?? []);
      expect(new Set(times.map((each) => each.replace(/^\d+/, '').length)).size).toBe(1);
    }
});

test('an order is that of one connection', () => {
  for (const {choices} of asked('order-packets', 'accept-queue', 'accept-queue/longer', 'teardown')) {
    // The visitor opens each connection with another thousand.
    const thousands = choices.flatMap(({text}) => /^visitor .* seq=(\d)\d{3}\b/.exec(text.en)?.[1] ?? []);
    expect(new Set(thousands).size).toBeLessThan(2);
  }
});

const corrected = /(?:^|[ :])\(([a-f])\) /g;

test('what is so instead carries the letter of its sentence, in their order', () => {
  const track = allLessons().filter((each) => each.track === 'tcp-close');
  const all = questionsOf({...about('teardown'), track}, 'which-are-so');
  expect(all.length).toBeGreaterThan(0);
  for (const {explain, choices, answer, prompt} of all) {
    const letters = [...explain.en.matchAll(corrected)].map(([, letter]) => letter);
    const right = typeof answer === 'object' ? answer : [];
    expect(letters).toEqual(choices.map(({id}) => id).filter((id) => !right.includes(id)));
    expect(promptText(prompt).en).not.toContain('“');
  }
}, 120_000);

test('of a segment that comes in some state one thing is asked, of what is left of a TTL once in ten', () => {
  const about = (kind: QuestionKind): readonly Question[] =>
    asked(kind, 'handshake').filter(({secrets}) => secrets?.includes('SYN-SENT: SYN,ACK'));
  const both = [...about('state-after'), ...about('which-flags')];
  expect(new Set(both.map(({kind}) => kind)).size).toBe(2);
  expect(composed(both, 10).questions).toHaveLength(1);
  const pictured = asked('state-of-peer', 'handshake').filter(({tells}) =>
    tells?.includes('SYN-SENT: SYN,ACK'),
  );
  expect(pictured.length).toBeGreaterThan(0);
  for (const picture of pictured)
    for (const question of both) expect(tellsAnswer(picture, question)).toBe(true);
  const left = asked('ttl-left', 'dns-cache');
  expect(left.length).toBeGreaterThan(1);
  expect(composed(left, 10).questions).toHaveLength(1);
  const printing = asked('which-cache-answers', 'dns-cache');
  for (const each of left) expect(printing.some((other) => tellsAnswer(other, each))).toBe(true);
});

test('a number that a lesson asks for is not told by another question of it', () => {
  const all = asked('prediction', 'layers/base', 'layers/request');
  const asks = all.filter(({prompt}) => promptText(prompt).en.includes('How long is the IP packet'));
  const tells = all.filter(({prompt}) => /a packet of 97/.test(promptText(prompt).en));
  expect([asks.length, tells.length]).toEqual([1, 1]);
  for (const one of tells) for (const other of asks) expect(tellsAnswer(one, other)).toBe(true);
});
