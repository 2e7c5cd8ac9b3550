// Equivalent answers (issue 9): relative or absolute numbers, names of states by tool, hexadecimal or decimal, either language.

import {expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {readAnswers} from '../../source/quiz/answer-file.ts';
import {canonical} from '../../source/quiz/equivalent.ts';
import {grade, reportOn} from '../../source/quiz/grade.ts';
import {jsonFault} from '../../source/quiz/json-fault.ts';
import type {Question} from '../../source/quiz/question.ts';
import '../helpers/meaning.ts';

const text = (en: string, zh = en) => everywhere({en, zh});

const question: Question = {
  id: 'state-after-1',
  lesson: 'handshake',
  kind: 'next-ack',
  topic: 'tcp',
  form: 'choice',
  prompt: [text('In which state?', '什么状态？')],
  choices: [
    {id: 'a', text: text('SYN-RECEIVED'), value: 'SYN-RECEIVED'},
    {id: 'b', text: text('ESTABLISHED'), value: 'ESTABLISHED', misconception: 'established-together'},
    {id: 'c', text: text('nothing happens', '什么也不发生'), value: 'none'},
  ],
  answer: 'a',
  wrongAnswers: [],
  hints: [],
  explain: text('so', '如此'),
  skill: 'handshake/next-ack',
  touches: ['established-together'],
  place: {n: 1},
  evidence: {
    source: 'handshake',
    seed: 1,
    run: 'base',
    profile: 'linux',
    faults: [],
    packet: 1,
    field: 'state:server',
    value: 'SYN-RECEIVED',
  },
};

const number: Question = {
  ...question,
  id: 'next-seq-1',
  form: 'number',
  choices: [],
  answer: 1000,
  wrongAnswers: [{value: 999, misconception: 'ack-is-last-byte-received'}],
  touches: ['ack-is-last-byte-received'],
};

const several: Question = {...question, id: 's', form: 'several', answer: ['a', 'c']};
const order: Question = {...question, id: 'o', form: 'order', answer: ['c', 'a', 'b']};

test.each(['a', 'A', 'SYN-RECEIVED', 'SYN_RECV', 'syn_rcvd', 'SYN-RCVD'])(
  '%s means SYN-RECEIVED',
  (given) => {
    expect(grade(question, given).right).toBe(true);
  },
);

test.each(['b', 'ESTAB', 'c', 'd', '', '什么也不发生', 7])('%s does not', (given) => {
  expect(grade(question, given).right).toBe(false);
});

test('a wrong choice tells its belief, another one none', () => {
  expect(grade(question, 'established')).toEqual({right: false, misconceptions: ['established-together']});
  expect(grade(question, 'nothing happens')).toEqual({right: false, misconceptions: []});
});

test.each([1000, '1000', '0x3e8', '１０００'])('%s is the number 1000', (given) => {
  expect(grade(number, given).right).toBe(true);
});

test.each([999, 1001, 'x', -1, '1000 or so'])('%s is not', (given) => {
  expect(grade(number, given).right).toBe(false);
});

test('a wrong number tells its belief', () => {
  expect(grade(number, '999').misconceptions).toEqual(['ack-is-last-byte-received']);
});

test('several: in any order, all of them and no more', () => {
  expect(grade(several, ['c', 'a']).right).toBe(true);
  expect(grade(several, 'a, c').right).toBe(true);
  expect(grade(several, ['a']).right).toBe(false);
  expect(grade(several, ['a', 'b', 'c'])).toEqual({right: false, misconceptions: ['established-together']});
});

test('order: in this order only', () => {
  expect(grade(order, ['c', 'a', 'b']).right).toBe(true);
  expect(grade(order, ['a', 'b', 'c']).right).toBe(false);
});

test('hexadecimal, full-width marks and case', () => {
  expect(canonical('0x0012')).toBe(canonical('18'));
  expect(canonical('SYN，ACK')).toBe(canonical('syn, ack'));
  expect(canonical('CLOSE')).toBe(canonical('CLOSED'));
  expect(canonical('CLOSE_WAIT')).not.toBe(canonical('CLOSED'));
});

test('the report counts the answers in which a belief could show, and in which it did', () => {
  const answers = new Map<string, string | number>([
    ['state-after-1', 'b'],
    ['next-seq-1', 1000],
  ]);
  expect(reportOn([question, number, several], answers)).toEqual({
    questions: 3,
    right: 1,
    misconceptions: [
      {id: 'established-together', asked: 1, wrong: 1},
      {id: 'ack-is-last-byte-received', asked: 1, wrong: 0},
    ],
  });
});

test('a file of answers: where it is wrong, and how', () => {
  const errorOf = (source: string) => {
    const read = readAnswers(source, ['state-after-1']);
    return read.ok ? undefined : [read.error.message.en, read.error.position?.line, read.error.remedy.en];
  };
  expect(errorOf('{"answers": {"state-after-1": "b"}}')).toBeUndefined();
  const [what, line, remedy] = errorOf('{"answers": {\n"state-after-2": "b"}}') ?? [];
  expect(what).toSay({says: 'questions.answerFileSentences.unknownId.message', id: 'state-after-2'});
  expect(line).toBe(2);
  expect(remedy).toSay({says: 'questions.answerFileSentences.unknownId.remedy', near: 'state-after-1'});
  expect(errorOf('{"answers": {\n\n"state-after-1": {}}}')?.[1]).toBe(3);
  expect(errorOf('{}')?.[0]).toSay({says: 'questions.answerFileSentences.readAnswers.message'});
  expect(errorOf('{"answers": \n')?.[0]).toSay({says: 'questions.answerFileSentences.notJson.message'});
});

test.each([
  ['{"answers": {\n"state-after-1": "+120"}}', '+120'],
  ['{"answers": {\n"state-after-1": "＋120 "}}', '＋120 '],
  ['{"answers": {\n"state-after-1": ["a", "+120"]}}', 'a +120'],
  // This is not JSON, and what it means is clear.
  ['{"answers": {\n"state-after-1": +120}}', '+120'],
])('raw numbers only: %s', (source, given) => {
  const read = readAnswers(source, ['state-after-1']);
  const error = read.ok ? undefined : read.error;
  expect(error?.message.en).toSay({says: 'questions.answerFileSentences.countedAnswer.message', given});
  expect(error?.position?.line).toBe(2);
});

test('a choice whose words begin with a plus is no number', () => {
  expect(readAnswers('{"answers": {"state-after-1": "+1 s"}}', ['state-after-1']).ok).toBe(true);
});

test.each([
  ['{"answers":\n  oops}', 14],
  ['{"a" 1}', 5],
  ['{"a": 1,}', 8],
  ['{"a": [1 2]}', 9],
  ['{"a": "b', 6],
  ['{"a": 1} x', 9],
  ['', 0],
  ['[1,\n2', 5],
])('%j goes wrong at %i', (source, offset) => {
  expect(jsonFault(source)).toBe(offset);
  expect(() => JSON.parse(source)).toThrow();
});

test('beliefs of a report: the most often wrong first, then by their names', () => {
  const two = {...question, id: 'two', touches: ['z-belief', 'a-belief']};
  const {misconceptions} = reportOn([two, question], new Map([['state-after-1', 'b']]));
  expect(misconceptions.map(({id}) => id)).toEqual(['established-together', 'a-belief', 'z-belief']);
});
