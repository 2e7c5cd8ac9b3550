// Questions of each form, small enough to be read, and a round that asks them.

import type {Part} from '../../source/account/part.ts';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {PromptPacket} from '../../source/quiz/prompt.ts';
import type {AnswerForm, Question, QuizChoice} from '../../source/quiz/question.ts';
import type {Round} from '../../source/ui/opened-run.ts';
import type {RoundInfo} from '../../source/view/quiz/quiz-state.ts';
import {shell} from '../../source/words/written.ts';

const two = (en: string, zh = en) => everywhere({en, zh});

/** Choice b is right; a stands for a belief. */
const choices: readonly QuizChoice[] = ['1000', '1001', '1002'].map((value, index) => ({
  id: 'abc'.charAt(index),
  text: two(value),
  value,
  ...(index === 0 ? {misconception: 'every-packet-plus-one'} : {}),
}));

const numbers = (seq: number, ack?: number): readonly Part[] => [
  {kind: 'number', field: 'seq', value: seq},
  ...(ack === undefined ? [] : [{kind: 'number', field: 'ack', value: ack} as const]),
];

const packets: readonly PromptPacket[] = [
  {
    ...{kind: 'packet', number: 1, from: 'client', to: 'server'},
    parts: [{kind: 'flags', flags: ['SYN']}, ...numbers(1000)],
  },
  {
    ...{kind: 'packet', number: 2, from: 'server', to: 'client'},
    parts: [{kind: 'flags', flags: ['SYN', 'ACK']}, ...numbers(9000, 1001)],
  },
];

const forms = {
  choice: {choices, answer: 'b'},
  several: {choices, answer: ['b', 'c']},
  order: {choices, answer: ['c', 'a', 'b']},
  number: {choices: [], answer: 1001, base: 1000},
  packet: {choices: [], answer: 2},
} as const;

export const questionOf = (form: AnswerForm, n = 1): Question => ({
  id: `${form}-${n}`,
  lesson: 'handshake',
  kind: 'next-ack',
  topic: 'tcp',
  form,
  prompt: [...packets, two(`Which number is it in question ${n}?`, `第 ${n} 题：是哪个数？`)],
  wrongAnswers: [],
  hints: [two('One.', '一。'), two('Two.', '二。'), two('Three.', '三。')],
  explain: two('A SYN uses up one number.', 'SYN 占用一个序号。'),
  skill: 'handshake/next-ack',
  touches: ['every-packet-plus-one'],
  place: {n: 1},
  evidence: {
    ...{source: 'handshake', seed: 1, run: 'base', profile: 'linux', faults: []},
    ...{packet: 2, field: 'tcp.ack_raw', value: '1001'},
  },
  ...forms[form],
});

export const infoOf = (change: Partial<RoundInfo> = {}): RoundInfo => ({
  mode: 'practice',
  title: two('handshake'),
  command: shell`quiz handshake`,
  seed: 77,
  count: 3,
  ...change,
});

const belief = {
  id: 'every-packet-plus-one',
  name: everywhere({en: 'a name', zh: '名称'}),
  belief: two('Each packet counts one.', '每个分组加 1。'),
  correct: two('Bytes count, and SYN and FIN.', '字节、SYN 和 FIN 才占序号。'),
  answerMeans: two(
    'As if every packet used up a number: it is {right}.',
    '以为每个分组都占序号：应为 {right}。',
  ),
  rfc: '9293 §3.4',
  lesson: 'handshake',
  counter: {lesson: 'handshake', at: {}, that: 'true', shown: {en: 'so'}, believed: {en: 'not so'}},
};

export const roundOf = (questions: readonly Question[], change: Partial<Round> = {}): Round => ({
  info: infoOf({count: questions.length}),
  reference: {
    rule: () => undefined,
    misconception: (id) => (id === belief.id ? belief : undefined),
  },
  next: (answered) => questions[answered.length],
  repeat: (wrong) => roundOf(wrong),
  ...change,
});
