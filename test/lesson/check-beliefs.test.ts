// What a pack's beliefs lack. Oracle: docs/quiz.md, “Beliefs of a pack”: each need alone, with its place in the file.
import {expect, test} from 'vitest';
import {simulate} from '../../scripts/simulate.ts';
import {beliefErrors} from '../../source/lesson/check-beliefs.ts';
import {readPackBeliefs} from '../../source/lesson/pack-beliefs.ts';
import {errorLine, load} from './fragments.ts';
import {misspelt, type Told, toldError} from './told-problem.ts';

const counter = `  counter:
    lesson: sample
    at: {sends: server, nth: 1}
    that: 'packet(2).tcp.flags.ack == 1'
    shown: {en: It answers., zh: 会回应。}
    believed: {en: It is silent., zh: 不作声。}
`;
const belief = `- id: nobody-answers
  belief: {en: No answer., zh: 没有回应。}
  correct: {en: There is one., zh: 有回应。}
  answerMeans: {en: It gets one., zh: 有回应。}
  rfc: 9293 §3.5
  lesson: sample
`;

const read = (text: string, ours: readonly string[] = []) =>
  readPackBeliefs({text, file: 'misconceptions.yaml'}, ours);

const lessons = [load()];
const errors = (text: string, pack: Partial<Parameters<typeof beliefErrors>[1]> = {}): readonly Told[] => {
  const beliefs = read(text);
  if (!beliefs.ok) throw new Error(beliefs.error.map(errorLine).join());
  const whole = {lessons, inPack: ['sample'], ours: ['handshake'], simulate};
  return beliefErrors(beliefs.value, {...whole, ...pack}).map(toldError);
};

test('with a run that contradicts it nothing is lacking', () => {
  expect(errors(belief + counter)).toEqual([]);
});

test('a lesson of the pack or of the program', () => {
  const about = (id: string) => errors(belief.replace('lesson: sample', `lesson: ${id}`) + counter);
  expect(about('handshake')).toEqual([]);
  expect(about('sampel')).toMatchObject([misspelt('6:11', 'sampel', 'sample')]);
});

test('the run that contradicts it is of the pack itself', () => {
  const of = (id: string) => errors(belief + counter.replace('lesson: sample', `lesson: ${id}`));
  expect(of('handshake')).toMatchObject([
    {at: '8:13', says: 'problem.unknownWord', remedy: 'allowedHere', given: 'handshake'},
  ]);
});

test('without one: that it is missing, and that no question shows the belief', () => {
  const [missing, shown, ...more] = errors(belief);
  expect(missing).toMatchObject({at: '1:7', says: 'checkBeliefs.noCounter', id: 'nobody-answers'});
  expect(shown).toMatchObject({at: '1:7', says: 'checkBeliefs.neverShows', id: 'nobody-answers'});
  expect(more).toEqual([]);
});

test('a run with faults of its own asks nothing; a wrong choice shows the belief, and so may a lesson nobody can read', () => {
  const faulty = belief + counter.replace('lesson: sample', "lesson: sample\n    faults: ['dup@packet=1']");
  expect(errors(faulty)).toMatchObject([{at: '1:7', says: 'checkBeliefs.neverShows'}]);
  const asks = load({
    beats: `beats:
  - before: {sends: server, nth: 1}
    ask: {en: Which?, zh: 哪个？}
    answer: packet(1).tcp.seq_raw + 1
    asks: [tcp.ack_raw]
    distractors: [{value: packet(1).tcp.seq_raw, misconception: nobody-answers}, {value: 7}]
    explain: {en: One more., zh: 多一。}
`,
  });
  expect(errors(faulty, {lessons: [asks]})).toEqual([]);
  expect(errors(faulty, {lessons: [load(), asks], inPack: ['sample', 'other']})).toEqual([]);
  expect(errors(faulty, {inPack: ['sample', 'unread']})).toEqual([]);
});

test('what lacks is told in the order of the file, on one line too', () => {
  const places = (text: string) => errors(text).map(({at}) => at);
  expect(places(belief.replace('lesson: sample', 'lesson: sampel'))).toEqual(['1:7', '1:7', '6:11']);
  const said = '{en: a, zh: 甲}';
  const keys = `belief: ${said}, correct: ${said}, answerMeans: ${said}, rfc: 9293 §3.5`;
  const flat = `- {lesson: sampel, ${keys}, id: nobody-answers}\n`;
  const at = flat.indexOf('nobody') + 1;
  expect(places(flat)).toEqual(['1:12', `1:${at}`, `1:${at}`]);
});

test('ids of the program are taken, each told at its place', () => {
  const taken = read(belief + counter, ['nobody-answers']);
  expect(taken.ok ? [] : taken.error.map(toldError)).toMatchObject([
    {at: '1:7', says: 'packBeliefs.isOneOf', id: 'nobody-answers'},
  ]);
});
