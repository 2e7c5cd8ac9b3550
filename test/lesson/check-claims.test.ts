// What a text says of its own run and the run refutes. Oracle: the run itself, whose packets were counted by hand: three, no RST.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {checkLesson} from '../../source/lesson/check.ts';
import {loadData} from '../../source/lesson/load-data.ts';
import {mayHaveSection} from '../../source/lesson/rfc-contents.ts';
import {simulate} from '../../source/sim/simulate.ts';
import {errorsOf, lessonText, load} from './fragments.ts';
import {type Told, toldError} from './told-problem.ts';

const head = () => {
  const text = lessonText();
  return text.slice(0, text.indexOf('topology:')).replace('format: 1', 'format: 2');
};

const file = new URL('../../lessons/data/misconceptions.yaml', import.meta.url);
const data = loadData({misconceptions: {text: readFileSync(file, 'utf8'), file: 'misconceptions.yaml'}});

const told = (say: string, {when = '{sends: client, flags: [SYN]}', rest = ''} = {}): readonly Told[] => {
  const beats = `beats:\n  - {when: ${when}, say: ${say}}\n${rest}`;
  if (!data.ok) expect.fail('misconceptions');
  return checkLesson(load({head: head(), beats}), simulate, data.value).map(toldError);
};

test.each([
  ["{en: 'Here 17 SYNs are sent.'}", {says: 'claim.tooMany', said: '17 SYNs', has: 2}],
  ["{en: 'It has sent three probes.'}", {says: 'claim.tooMany', said: 'three probes', has: 0}],
  ["{zh: '一共 17 个 SYN。'}", {says: 'claim.tooMany', said: '17 个 SYN', has: 2}],
  ["{en: 'The client is in TIME-WAIT.'}", {says: 'claim.noState', state: 'TIME-WAIT'}],
  ["{en: 'The connection is reset.'}", {says: 'claim.notReset', said: 'is reset'}],
  ["{zh: '连接被重置。'}", {says: 'claim.notReset', said: '被重置'}],
])('%s is refuted', (say, problem) => {
  expect(told(say)).toMatchObject([problem]);
});

test.each([
  "{en: 'Two SYNs are sent.'}",
  "{en: 'The client is in SYN-SENT.'}",
  "{en: 'The connection is not reset.'}",
  "{zh: '连接不会被重置。'}",
])('%s is not', (say) => {
  expect(told(say)).toEqual([]);
});

test('a phrase among the constants is not about the run', () => {
  const rest = "constants: ['17 SYNs', TIME-WAIT]\n";
  expect(told("{en: 'Elsewhere 17 SYNs lead to TIME-WAIT.'}", {rest})).toEqual([]);
});

test('a text about a timer does not name another one alone', () => {
  const script = 'runs: {base: {faults: [{drop: {from: client, flags: [SYN], nth: 1}}]}}\n';
  const when = '{timer: RTO, host: client}';
  const say = (timer: string) => `{en: 'The ${timer} timer expires.'}`;
  expect(told(say('persist'), {when, rest: script})).toMatchObject([
    {says: 'claim.otherTimer', timer: 'RTO', other: 'persist'},
  ]);
  expect(told(say('retransmission'), {when, rest: script})).toEqual([]);
});

test('a section that its RFC does not have', () => {
  for (const section of ['9.9.9', '3.11', '3.4.4', '4.1', '0', 'C', 'A.5'])
    expect([section, mayHaveSection('9293', section)]).toEqual([section, false]);
  for (const section of ['3.10.7.4', '3.8.6.2.1', 'A.1.2', 'B', '8'])
    expect([section, mayHaveSection('9293', section)]).toEqual([section, true]);
  expect(mayHaveSection('9999', '77')).toBe(true);
  expect(errorsOf({head: head().replace('9293 §3.5', '9293 §9.9.9')})).toMatchObject([
    {what: 'section', shown: '9293 §9.9.9'},
  ]);
});
