// What the eye finds is not asked: questions of a blind test whose answer stood in the prompt for somebody who knows nothing of TCP, DNS,
// HTTP, TLS. Oracle of the keys of TLS 1.3: RFC 9846 §7.1, table; §4.5 (EndOfEarlyData goes under the early key).
import {expect, test} from 'vitest';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import type {Question} from '../../source/quiz/question.ts';
import {saidBy} from '../../source/quiz/said.ts';
import {some} from '../helpers/seeds.ts';
import {about, candidatesOf, questionsOf} from './asked-runs.ts';

const askedIn = (runs: readonly string[], kind: QuestionKind): readonly Question[] =>
  runs.flatMap((run) => questionsOf(about(run), kind));

const english = (question: Question): string =>
  question.prompt.map((line) => JSON.stringify(line)).join('\n');

const printedIn = (run: string, kind: QuestionKind): readonly string[] =>
  candidatesOf(about(run), kind).flatMap((each) =>
    'question' in each && each.told ? [each.told.printed()] : [],
  );

test('two lists of options that say the same are no question, an empty one is', () => {
  const questions = askedIn(
    ['handshake', 'tcp-header', 'loss-recovery', 'syn-flood/cookies'],
    'options-agreed',
  );
  expect(questions.length).toBeGreaterThan(0);
  for (const {givens} of questions) {
    const {first, second} = givens as {first?: readonly string[]; second?: readonly string[]};
    expect(first).not.toEqual(second);
  }
});

test('bytes in flight are more than the length that is printed', () => {
  const questions = askedIn(['data-transfer', 'congestion', 'teardown', 'handshake'], 'flight-size');
  expect(questions.length).toBeGreaterThan(3);
  for (const {givens} of questions) {
    const {seq = 0, ack = 0} = givens as {seq?: number; ack?: number};
    expect(seq).toBeGreaterThan(ack);
  }
});

test('of a cache something is gone, or nothing is asked of it', () => {
  const questions = askedIn(['dns-recursion', 'dns-cache'], 'cache-holds');
  expect(questions.length).toBeGreaterThan(0);
  for (const {givens, answer} of questions) {
    const {stored = []} = givens as {stored?: readonly unknown[]};
    expect([answer].flat().length).toBeLessThan(stored.length);
  }
});

test('whose a session is, is asked where somebody else brings the id, or where it is over', () => {
  const questions = askedIn(['cookies-session'], 'session-for');
  expect(questions.length).toBeGreaterThan(0);
  for (const {answer, choices} of questions)
    expect(choices.find(({id}) => id === answer)?.value).not.toMatch(/^#/);
});

test('how long a session is kept is what its server was told, also once it is over', () => {
  const told = candidatesOf(about('cookies-session/base'), 'session-for').flatMap((each) => each.told ?? []);
  const nobody = told.filter(({did}) => did === 'nobody');
  expect(nobody.length).toBeGreaterThan(0);
  for (const {givens} of nobody) expect(givens).toMatchObject({limitUs: 30 * 60 * 1_000_000});
});

test('the key of a record is not named by the prompt: its message is, and two choices are of its sender', () => {
  const questions = askedIn(['https-tls13/full', 'https-tls13/early'], 'key-of-record');
  expect(questions.length).toBeGreaterThan(5);
  for (const question of questions) {
    const {choices, answer} = question;
    expect(english(question)).not.toMatch(/handshake messages|programs|握手消息|程序的数据/);
    const right = choices.find(({id}) => id === answer)?.value ?? '';
    const [side = ''] = right.split(' ');
    expect(choices.filter(({value}) => value.startsWith(side)).length).toBe(2);
  }
  const early = questions.filter((each) => english(each).includes('EndOfEarlyData'));
  expect(early.length).toBeGreaterThan(0);
  for (const {choices, answer, explain} of early) {
    expect(choices.find(({id}) => id === answer)?.value).toBe('client early');
    expect(explain.en).toContain('PSK and this ClientHello');
  }
});

test('an altered number is not the only one of its sender that differs', () => {
  for (const run of some(['congestion', 'layers', 'teardown'], 1))
    for (const {evidence, prompt} of askedIn([run], 'spot-faulty')) {
      const field = evidence.faults[0]?.includes('ack_raw') ? 'ack' : 'seq';
      const lines = prompt.flatMap((line) => ('number' in line ? [line] : []));
      const altered = lines.find(({number}) => number === evidence.packet);
      const others = lines.filter((each) => each.from === altered?.from && each !== altered);
      const said = others.map(({parts}) => saidBy(parts)?.[field]);
      expect(said.length > 1 && new Set(said).size === 1).toBe(false);
    }
});

test('of the responses to pipelined requests one is late, and others are finished behind it', () => {
  const questions = askedIn(['http-connections/pipelined'], 'pipelined-order');
  expect(questions.length).toBeGreaterThan(0);
  for (const {givens, choices, answer} of questions) {
    const {requests = [], late = 0} = givens as {requests?: readonly string[]; late?: number};
    expect(late).toBeLessThan(requests.length);
    expect(choices.find(({id}) => id === answer)?.value).toBe(requests.slice(0, late - 1).join(', '));
    expect(choices.map(({value}) => value)).toContain(
      requests.filter((_, index) => index !== late - 1).join(', '),
    );
  }
});

// RFC 1035 §4.1.1: RD stands for what a query would have to say of itself.
test('flags of DNS are asked of responses, also where a capture alone is known', () => {
  const questions = askedIn(['dns-recursion', 'dns-cache', 'layers'], 'dns-flags');
  expect(questions.length).toBeGreaterThan(0);
  for (const {choices, answer} of questions) {
    const right = choices.filter(({id}) => [answer].flat().includes(id)).map(({value}) => value);
    expect(right).toContain('QR');
  }
});

// RFC 9293 §3.10.7.2: the connection that a listener gets keeps its port; people expect a port of its own.
test('addresses that only change places are not all there is to choose from', () => {
  const questions = askedIn(['layers', 'tcp-header', 'handshake'], 'reply-addresses');
  expect(questions.length).toBeGreaterThan(0);
  for (const {givens, choices, answer} of questions) {
    const {from, to, toPort} = givens as {from?: string; to?: string; toPort?: number};
    const wrong = choices.filter(({id}) => id !== answer).map(({value = ''}) => value);
    const newPort = wrong.filter((each) => each.startsWith(`${to}:`) && !each.startsWith(`${to}:${toPort} `));
    expect(newPort.length).toBeGreaterThan(1);
    for (const each of wrong) expect(each.startsWith(`${from}:`)).toBe(false);
  }
});

test('what a state of netstat means is asked, not how another spells it', () => {
  const questions = askedIn(['why-three', 'why-four', 'state-machine'], 'rfc-name');
  const tools = questions.map(({givens}) => (givens as {tool?: string}).tool);
  expect(new Set(tools)).toEqual(new Set(['SYN_RECV', 'FIN_WAIT2', 'CLOSE_WAIT']));
  for (const {choices, givens} of questions)
    for (const {text} of choices) expect(text.en).not.toContain((givens as {tool?: string}).tool);
});

test('nobody is asked with which flag connect() begins', () => {
  const questions = askedIn(['handshake', 'teardown'], 'which-flags');
  expect(questions.length).toBeGreaterThan(0);
  for (const {givens} of questions) expect(JSON.stringify(givens)).not.toContain('connect');
});

test('nobody finds the right choice by its length', () => {
  const runs = ['teardown', 'loss-recovery', 'dns-cache'];
  const kinds = ['if-dropped', 'sack-says', 'state-after', 'which-status', 'ends-in-time-wait'] as const;
  const questions = kinds.flatMap((kind) => askedIn(runs, kind));
  expect(questions.filter(({kind}) => kind === 'sack-says').length).toBeGreaterThan(0);
  for (const {choices, answer, form} of questions.filter((each) => each.form === 'choice'))
    for (const language of ['en', 'zh'] as const) {
      const lengths = (is: boolean) =>
        choices.filter(({id}) => (id === answer) === is).map(({text}) => text[language].length);
      const most = Math.max(...lengths(false));
      expect(`${form} ${Math.max(...lengths(true)) > Math.max(most * 1.6, most + 16)}`).toBe('choice false');
    }
});

test('a header of TCP without options is said to have none', () => {
  const plain = printedIn('first-packet', 'frame-bytes').filter((each) => /^TCP(?! with \d)/.test(each));
  expect(plain.length).toBeGreaterThan(0);
  for (const each of plain) expect(each).toMatch(/^TCP without options carries/);
});
