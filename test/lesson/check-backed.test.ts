// What nothing backs is found, in both languages, and what backs it is what the program goes by.
import {describe, expect, test} from 'vitest';
import {unbacked, unsaid} from '../../source/lesson/check-backed.ts';
import {allLessons} from '../helpers/all-runs.ts';
import {some} from '../helpers/seeds.ts';
import {load} from './fragments.ts';
import {type Told, toldProblem} from './told-problem.ts';

const found = (say: {readonly en: string; readonly zh: string}, rest = '', head = ''): readonly Told[] => {
  const texts = `say: {en: '${say.en}', zh: '${say.zh}'}`;
  const beats = `${head}beats:\n  - {when: {sends: client, flags: [SYN]}, ${texts}${rest}}\n`;
  return unbacked(load({beats})).map(toldProblem);
};
const nothing = (said: string): Told => ({says: 'backed.unbacked', said});

describe('a number in prose', () => {
  test.each([
    ['of packets', 'Three segments leave.', '发出三个报文段。'],
    ['of time', 'It takes 1.5 s and two round trips.', '用了 1.5 s，两个往返。'],
    ['a ratio of times', 'RTO is half of that.', 'RTO 是它的一半。'],
    ['a sequence number', 'seq=1000 begins it.', '从 seq=1000 开始。'],
    ['in a name', 'RFC 9293 §3.5 and TLS 1.3 say so.', 'RFC 9293 §3.5 和 TLS 1.3 这样规定。'],
    [
      'computed',
      '{count("tcp.len == 0")} of {client.mss} it is.',
      '{count("tcp.len == 0")} 和 {client.mss}。',
    ],
  ])('%s', (_, en, zh) => expect(found({en, zh})).toEqual([]));

  test.each([
    ['in English', 'The rest is 40, and nobody knows.', '没人知道。', ['40']],
    ['in Chinese', 'Nobody knows.', '其余的是 40，没人知道。', ['40']],
    ['in words', 'It comes in seven colours.', '颜色共七。', ['seven', '七']],
    ['a ratio of nothing measured', 'The program is half asleep.', '程序睡着了。', ['half']],
  ])('that nothing backs, %s', (_, en, zh, numbers) => expect(found({en, zh})).toEqual(numbers.map(nothing)));

  test('with holds: it stands there, or it is not backed, whatever the signature would have had', () => {
    const [en, zh] = ['Three segments leave in 2 s.', '2 s 里发出三个报文段。'];
    const condition = (holds: string) => found({en, zh}, `, holds: '${holds}'`);
    expect(condition('count("tcp.len == 0") == 3 && client.rto == 2s')).toEqual([]);
    expect(condition('count("tcp.len == 0") == 4 && client.rto == 2s')).toEqual([
      nothing('Three'),
      nothing('三'),
    ]);
  });

  test('a number of four digits and more may have a comma', () => {
    const say = {en: 'The other 65,535 wait.', zh: '另外 65,535 个在等。'};
    expect(found(say, `, holds: 'client.mss == 65535'`)).toEqual([]);
    expect(found(say, `, holds: 'client.mss == 65'`)).toEqual([nothing('65,535')]);
  });

  test('a phrase that is declared is a constant', () => {
    const say = {en: 'At most 63 letters.', zh: '最多 63 字母。'};
    expect(found(say)).toEqual([nothing('63')]);
    expect(found(say, '', "constants: ['63 letters', '63 字母']\n")).toEqual([]);
  });
});

test('packets by number, wherever a beat has them', () => {
  const beats = `beats:
  - {before: {sends: server, flags: [SYN, ACK]}, ask: {en: what, zh: 什么}, answer: packet(1).tcp.seq_raw + 1, distractors: [{value: 5}], explain: {en: '{packet(2).tcp.len}', zh: '{packet(2).tcp.len}'}}
`;
  const told = [1, 2].map((packet) => expect.objectContaining({says: 'backed.numbered', packet}));
  expect(unbacked(load({beats})).map(toldProblem)).toEqual(expect.arrayContaining(told));
});

test('our lessons are of format 2, and everything in them is backed', () => {
  for (const lesson of allLessons()) expect(lesson.format, lesson.id).toBe(2);
  for (const lesson of some(allLessons(), 6)) expect(unbacked(lesson), lesson.id).toEqual([]);
});

describe('what texts speak of', () => {
  const errors = (speaks: string, needed = false, holds = ''): readonly Told[] => {
    const say = "say: {en: 'Three segments leave, then it waits.', zh: '发出三个报文段。'}";
    const beat = `  - {when: {sends: client, flags: [SYN]}, ${speaks}${say}${holds}}`;
    return unsaid(load({beats: `beats:\n${beat}\n`}), needed).map(toldProblem);
  };

  test('has to be in the field, or the field is absent', () => {
    expect(errors('speaks: [counts, future, pace], ')).toEqual([]);
    expect(errors('speaks: [counts], ')).toMatchObject([{says: 'backed.unsaid', missing: 'future, pace'}]);
    expect(errors('')).toEqual([]);
    expect(errors('', true)).toMatchObject([{says: 'backed.silent'}]);
    expect(errors('', true, ", holds: 'client.mss == 1460'")).toEqual([]);
  });

  test('in each of our lessons the field says it', () => {
    for (const lesson of allLessons()) expect(unsaid(lesson, true)).toEqual([]);
  });
});
