// What a reader could rightly object to in a question: a second answer that is as right, a given that is missing, an answer that stands
// in the prompt.
import {expect, test} from 'vitest';
import {entriesOf, instantOf} from '../../source/account/entries.ts';
import {stateAfter} from '../../source/quiz/instants.ts';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import {promptText} from '../../source/quiz/prompt.ts';
import {tcpStatesSentences as states} from '../../source/words/catalogue/questions.ts';
import {about, questionsOf} from './asked-runs.ts';
import '../helpers/meaning.ts';

const prompts = (run: string, kind: QuestionKind) =>
  questionsOf(about(run), kind).map(({prompt}) => promptText(prompt));

// RFC 6298: whether the next segment comes before the timer runs out depends on the way, too.
test('of a lost ACK it is said when what follows arrives', () => {
  const lost = prompts('teardown', 'if-dropped').filter(({en}) => en.includes('goes on'));
  expect(lost.length).toBeGreaterThan(0);
  for (const {en, zh} of lost) {
    expect(en).toMatch(/That segment arrives .+ after packet \d+ left\./);
    expect(zh).toMatch(/第 \d+ 个分组发出 .+ 之后，这个报文段到达/);
  }
});

const replies = (run: string, kind: QuestionKind) =>
  questionsOf(about(run), kind).flatMap(({prompt, choices}) =>
    choices.map(({value, belief}) => ({value, belief, printed: promptText(prompt).en})),
  );

// RFC 9293 §3.10.7.2: a listener that gets a SYN stays in LISTEN, for others.
test('a reply says which of two reasons holds', () => {
  const listening = replies('simultaneous-open/one-dials', 'state-after').filter(
    ({value, printed}) => value === 'LISTEN' && printed.includes(' in LISTEN'),
  );
  expect(listening).not.toEqual([]);
  for (const {belief} of listening)
    expect(belief?.en).toSay({says: 'questions.tcpStatesSentences.beliefs.listens'});
});

// 14,600 bytes are ten segments of 1460, and eleven of 1448.
test('the bytes that a card cuts tell apart who leaves room for options', () => {
  const [one] = questionsOf(about('your-capture/host'), 'wire-segments');
  expect(promptText(one?.prompt ?? []).en).toContain(' 14600 bytes ');
});

// listen(2): the backlog is Send-Q.
test('where as many wait as may, nobody is asked how many wait', () => {
  const full = prompts('accept-queue', 'recv-q').concat(prompts('accept-queue/longer', 'recv-q'));
  expect(full.length).toBeGreaterThan(0);
  for (const {en} of full) {
    const [, backlog, complete] = /backlog of (\d+)[\s\S]*?So far (\d+|one)/.exec(en) ?? [];
    if (/returned none/.test(en)) expect(complete).not.toBe(backlog);
  }
});

test('a program that opens a connection is not one that has nothing left to send', () => {
  const calls = prompts('teardown', 'which-flags').filter(({en}) => en.includes('calls'));
  expect(calls.map(({en}) => en.includes('nothing left'))).toEqual(
    calls.map(({en}) => !en.includes('connect()')),
  );
  expect(calls.map(({zh}) => zh.includes('没有要发'))).toEqual(
    calls.map(({zh}) => !zh.includes('connect()')),
  );
});

test('hosts have one name in a question', () => {
  for (const {zh} of prompts('dns-recursion', 'hop-ttl').concat(prompts('dns-recursion', 'hop-address')))
    expect(zh).not.toMatch(/\b(local|root|auth|laptop|resolver)\b/);
});

// RFC 1034 §5.3.3: a copy is of use to whoever asks the server that has it.
test('of two hosts it is said that they ask one resolver', () => {
  const asked = ['dns-cache', 'dns-cache/planned'].flatMap((run) => prompts(run, 'which-cache-answers'));
  expect(asked.length).toBeGreaterThan(0);
  for (const {en, zh} of asked) {
    expect(en).toMatch(/looked up before through the resolver/);
    expect(zh).toMatch(/之前都?是通过.+查的/);
  }
});

// RFC 1812 §5.3.1: a TTL falls where a packet is routed, and a name such as `mitm` does not say whether it is.
test('all hosts on a way are said to be routers', () => {
  const asked = ['layers', 'https-why'].flatMap((run) => prompts(run, 'hop-ttl'));
  expect(asked.length).toBeGreaterThan(0);
  for (const {en, zh} of asked) {
    expect(en).toContain('Each host between its two ends is a router');
    expect(zh).toContain('两端之间的都是路由器');
  }
});

// RFC 9110 §15.3.3: 202 is for what is not done yet; §15.3.1: 200 is for what no other code says.
test('which status code is asked by what it is defined for', () => {
  const made = prompts('http-status', 'which-status').filter(({en}) => en.includes('/upload'));
  expect(made.length).toBeGreaterThan(0);
  for (const {en} of made) expect(en).toContain('is defined for exactly that');
});

// RFC 9293 figures 6 and 12: FIN leaves in FIN-WAIT-1; its sender is in FIN-WAIT-2 only once the ACK has arrived.
test('the state of the other end that a reply names is that in which it sent the segment', () => {
  let named = 0;
  for (const run of [
    'handshake',
    'teardown',
    'why-four',
    'why-four/streaming',
    'simultaneous-close',
    'accept-queue',
  ]) {
    const {trace} = about(run);
    for (const {choices, evidence} of questionsOf(about(run), 'state-after'))
      for (const {value, belief} of choices) {
        if (belief !== states.beliefs.otherSide) continue;
        const sent = [...entriesOf(trace, 'send')].find(
          ({packet, hop}) => packet === evidence.packet && hop === 0,
        );
        const last = sent && instantOf(trace, sent.n).at(-1);
        named += 1;
        expect(
          sent && stateAfter(trace, last?.n ?? 0, sent.host, sent.connection ?? ''),
          `${run} ${value}`,
        ).toBe(value);
      }
  }
  expect(named).toBeGreaterThan(5);
});
