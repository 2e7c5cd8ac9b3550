// Questions beside the story: each is bound for itself, judged as those of the story are, and asked by the quiz alone.
import {expect, test} from 'vitest';
import {simulate} from '../../scripts/simulate.ts';
import {bindBeats, bindQuestions} from '../../source/lesson/bind.ts';
import {checkLesson} from '../../source/lesson/check.ts';
import {promptText} from '../../source/quiz/prompt.ts';
import {sheet} from '../../source/quiz/sheet.ts';
import {errorsOf, load, traceOf} from './fragments.ts';
import {misspelt, type Told, toldError} from './told-problem.ts';

const synAck = `  - before: {sends: server, flags: [SYN, ACK]}
    ask: {en: Which ack?, zh: ack 是多少？}
    answer: packet(1).tcp.seq_raw + 1
    asks: [tcp.ack_raw]
    distractors: [{value: packet(1).tcp.seq_raw, misconception: mine}, {value: 7}]
    explain: {en: One more., zh: 多一。}
`;
const syn = `  - when: {sends: client, flags: [SYN]}
    ask: {en: 'Why {p.tcp.seq_raw}?', zh: '为什么是 {p.tcp.seq_raw}？'}
    choices:
      - {text: {en: chance, zh: 随机}, correct: true}
      - {text: {en: habit, zh: 习惯}}
      - {text: {en: law, zh: 法律}}
    rfc: 9293 §3.4.1
    holds: packet(1).tcp.seq_raw == p.tcp.seq_raw
`;
const asking = (questions: string) => ({checks: `questions:\n${questions}`});

const known = {rules: [], misconceptions: [], glossary: [], labels: [], cards: []};
const judged = (questions: string): readonly Told[] =>
  checkLesson(load(asking(questions)), simulate, known).map(toldError);

test('they stand in any order, behind the beats, and the story has none of them', () => {
  const lesson = load(asking(synAck + syn));
  const trace = traceOf(lesson);
  const {beats, errors} = bindQuestions(lesson, 'base', trace);
  expect(errors).toEqual([]);
  // RFC 9293 figure 6: the SYN is the first packet, SYN,ACK the second.
  const packets = beats.map(({event}) => {
    const at = trace.event(event);
    return at.kind === 'send' ? at.packet : undefined;
  });
  expect(packets).toEqual([2, 1]);
  expect(beats.map(({index}) => index)).toEqual([1, 2]);
  expect(bindBeats(lesson, 'base', trace).beats.map(({kind}) => kind)).toEqual(['narration']);
});

test('the quiz asks both, with the field of tshark where there is one', () => {
  const made = [...sheet({lessons: [load(asking(synAck + syn))], seed: 3, kinds: ['question']})];
  const [field, clause] = ['tcp.ack_raw', 'clause:RFC 9293 §3.4.1'].map((name) =>
    made.find(({evidence}) => evidence.field === name),
  );
  expect(field).toMatchObject({kind: 'question', touches: ['mine'], evidence: {packet: 2}});
  expect(field?.choices.find(({id}) => id === field.answer)?.value).toBe(field?.evidence.value);
  expect(promptText(clause?.prompt ?? []).zh).toMatch(/为什么是 \d+？$/);
});

test('they are judged: the belief, the answer, what holds', () => {
  expect(judged(syn)).toEqual([]);
  // At the column where the word stands.
  const line = synAck.split('\n').find((text) => text.includes('misconception: mine')) ?? '';
  const column = line.indexOf('mine', line.indexOf('misconception: ')) + 1;
  expect(judged(synAck)).toMatchObject([
    {at: expect.stringMatching(`^\\d+:${column}$`), says: 'problem.unknownWord', given: 'mine'},
  ]);
  const same = synAck
    .replace('{value: 7}', '{value: packet(1).tcp.seq_raw + 1}')
    .replace(', misconception: mine', '');
  expect(judged(same)).toContainEqual(
    expect.objectContaining({says: 'bind.choices.choices.choiceEquals', other: 'theAnswer'}),
  );
  expect(judged(syn.replace('== p', '!= p'))).toContainEqual(
    expect.objectContaining({says: 'bind.holds.whatRestsOn', own: 1}),
  );
  expect(judged(syn.replace('flags: [SYN]', 'flags: [FIN]'))[0]).toMatchObject({
    says: 'bind.eventOf.neverHappens',
    own: 1,
  });
});

test.each([
  [
    'without an instant',
    syn.replace('when: {sends: client, flags: [SYN]}\n    ', ''),
    {at: '18:5', says: 'beats.readQuestions'},
  ],
  [
    'a key of the story',
    `${synAck}    say: {en: a, zh: b}\n`,
    {at: '24:5', says: 'problem.unknownWord', remedy: 'allowedHere', kind: 'key', given: 'say'},
  ],
  [
    'a mistyped key',
    synAck.replace('distractors', 'distracters'),
    misspelt('22:5', 'distracters', 'distractors'),
  ],
  ['no questions', '  []\n', {at: '18:3', says: 'schemaProblems.expected.aValueOf', what: 'questions'}],
])('%s', (_, questions, error) => {
  expect(errorsOf(asking(questions))).toContainEqual(expect.objectContaining(error));
});
