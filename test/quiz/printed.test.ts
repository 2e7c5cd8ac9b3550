// What decides is printed, what answers is not, and replies say what is so. Oracle: questions of a blind test for which somebody could
// have defended another answer (RFC 9293 §3.8.6.3: an ACK may wait; RFC 4987 §3.6: cookies keep a listener where it is).
import {expect, test} from 'vitest';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import {about, candidatesOf, questionsOf} from './asked-runs.ts';

const printedOf = (run: string, kind: QuestionKind): readonly string[] =>
  candidatesOf(about(run), kind).flatMap((each) =>
    'question' in each && each.told ? [each.told.printed()] : [],
  );

test('an ACK that might wait, and a FIN that might leave with it, are ruled out', () => {
  const printed = printedOf('teardown', 'which-flags');
  const ofData = printed.filter((each) => / len=\d/.test(each));
  expect(ofData.length).toBeGreaterThan(0);
  for (const each of ofData) expect(each).toContain('delays no ACK');
  const ofFin = printed.filter((each) => /in ESTABLISHED[\s\S]*FIN,ACK seq/.test(each));
  expect(ofFin.length).toBeGreaterThan(0);
  for (const each of ofFin) expect(each).toContain('does not close yet');
});

test('a listener without SYN cookies is said to have none', () => {
  const asked = [
    ...printedOf('syn-flood', 'which-flags'),
    ...printedOf('teardown', 'state-after'),
    ...printedOf('teardown', 'state-of-peer'),
  ].filter((each) => /in LISTEN|the client enters ESTABLISHED/.test(each));
  expect(asked.length).toBeGreaterThan(2);
  for (const each of asked) expect(each).toContain('SYN cookies');
});

test('whose SYN a SYN,ACK acknowledges is said', () => {
  const printed = printedOf('syn-flood', 'next-ack').filter((each) => each.includes('heard nothing'));
  const answers = printed.filter((each) => each.includes('SYN,ACK seq'));
  expect(answers.length).toBeGreaterThan(0);
  for (const each of printed) expect(each.includes('acknowledges its SYN')).toBe(answers.includes(each));
});

test('whom a stub asks is not said before it is asked', () => {
  const printed = printedOf('dns-recursion', 'next-query-to').filter((each) => each.includes('RD=1'));
  expect(printed.length).toBeGreaterThan(0);
  for (const each of printed)
    expect(each.split('\n').find((line) => line.includes('RD=1'))).not.toContain('resolver');
});

test('the content types are numbers: their names stand in the prompt', () => {
  const questions = ['https-tls12/rsa', 'https-tls13/full'].flatMap((run) =>
    questionsOf(about(run), 'record-type'),
  );
  expect(questions.length).toBeGreaterThan(2);
  for (const {text} of questions.flatMap(({choices}) => choices)) expect(text.en).toMatch(/^\d+$/);
});

test('no two choices say the same: a content of 0 bytes ends at the blank line', () => {
  expect(printedOf('http-status', 'body-ends').length).toBeGreaterThan(2);
  for (const each of printedOf('http-status', 'body-ends')) expect(each).not.toMatch(/Content-Length: 0\b/);
});

test('a mean follows from its numbers as they are printed', () => {
  const questions = ['congestion', 'loss-recovery', 'data-transfer', 'cubic'].flatMap((run) =>
    questionsOf(about(run), 'srtt-after'),
  );
  expect(questions.length).toBeGreaterThan(0);
  for (const {choices, answer, explain} of questions) {
    const right = choices.find(({id}) => id === answer)?.text.en ?? '';
    const [srtt = 0, sample = 0] = [...explain.en.matchAll(/([\d.]+) ms/g)].map(([, number]) =>
      Number(number),
    );
    expect(Number.parseFloat(right)).toBeCloseTo((7 * srtt + sample) / 8, 2);
  }
});

test('whom a session was given to is called by the name of the host', () => {
  const [question] = questionsOf(about('cookies-session'), 'session-for');
  expect(JSON.stringify(question?.prompt)).toContain('发给浏览器');
});

test('a way is told by the names that the question goes on with', () => {
  for (const each of printedOf('layers', 'hop-ttl'))
    expect(each).toMatch(/the client.*→ Router 1|Router 1 →/);
  for (const each of printedOf('layers', 'hop-address')) expect(each).not.toMatch(/\br1\b/);
});

test.each(['layers', 'teardown', 'why-four'])('the reply names the number that was altered: %s', (run) => {
  const questions = questionsOf(about(run), 'spot-faulty');
  expect(questions.length).toBeGreaterThan(1);
  for (const {evidence, explain} of questions) {
    const [fault = ''] = evidence.faults;
    const [altered, other] = fault.includes('ack_raw') ? ['ack=', 'seq='] : ['seq=', 'ack='];
    for (const language of ['en', 'zh'] as const) {
      expect(explain[language]).toContain(altered);
      expect(explain[language]).not.toContain(other);
    }
  }
});

test('a partial acknowledgement is a matter of RFC 6582', () => {
  const printed = printedOf('loss-recovery/no-sack', 'cwnd-after').filter((each) =>
    each.includes('only a part'),
  );
  expect(printed.length).toBeGreaterThan(0);
  for (const each of printed) expect(each).toContain('6582');
});
