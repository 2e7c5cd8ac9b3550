// What decides is printed, what answers is not, and replies say what is so. Oracle: questions of a blind test for which somebody could
// have defended another answer (RFC 9293 §3.8.6.3: an ACK may wait; RFC 4987 §3.6: cookies keep a listener where it is).
import {expect, test} from 'vitest';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import {isPacket, promptText} from '../../source/quiz/prompt.ts';
import {thorough} from '../helpers/seeds.ts';
import {about, candidatesOf, questionsOf} from './asked-runs.ts';
import '../helpers/meaning.ts';

const printedOf = (run: string, kind: QuestionKind): readonly string[] =>
  candidatesOf(about(run), kind).flatMap((each) =>
    'question' in each && each.told ? [each.told.printed()] : [],
  );

test('an ACK that might wait, and a FIN that might leave with it, are ruled out; in the same words, whatever the answer is', () => {
  const printed = printedOf('teardown', 'which-flags').filter((each) => each.includes('Now it receives'));
  expect(printed.length).toBeGreaterThan(3);
  for (const each of printed)
    expect(each.replace(/\s+/g, ' ')).toSay({says: 'questions.tcpFlagsSentences.prompt.answer'});
});

test('a stub’s resolver is told by RA=1 alone: no row and no choice has its name', () => {
  const asked = questionsOf(about('dns-cache'), 'next-query-to');
  const ofStub = asked.filter(({prompt}) => promptText(prompt).en.includes('stub resolver'));
  expect(ofStub.length).toBeGreaterThan(0);
  for (const {prompt, choices} of ofStub) {
    const rows = promptText(prompt)
      .en.split('\n')
      .filter((line) => line.startsWith('  '));
    for (const row of rows) expect(row).toMatch(/^ {2}\S+ {2}\d+\.\d+\.\d+\.\d+$/);
    for (const {text} of choices) expect(text.en).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
  }
});

thorough('of a true sentence the reply says why; a wrong one beside it stands in quotation marks', () => {
  const judged = [
    ...questionsOf(about('rack-tlp'), 'is-it-so'),
    ...questionsOf(about('handshake'), 'is-it-so'),
  ];
  const so = judged.filter(({explain}) => explain.en.includes('So the sentence is true'));
  expect(so.length).toBeGreaterThan(2);
  for (const {explain} of so) {
    expect(explain.en).toMatch(/^Fact: .+ So the sentence is true \(RFC \d+ [^)]+\)\./s);
    if (explain.en.includes('would be wrong')) expect(explain.en).toMatch(/would be wrong: “.+”$/);
  }
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
  const printed = printedOf('syn-flood', 'next-ack').filter((each) =>
    /is in (LISTEN|SYN-SENT|CLOSED)/.test(each),
  );
  const answers = printed.filter((each) => each.includes('SYN,ACK seq'));
  expect(answers.length).toBeGreaterThan(0);
  for (const each of printed) expect(each.includes('acknowledges its SYN')).toBe(answers.includes(each));
});

test('what a lesson has told is not printed where it names another run of it', () => {
  const printed = questionsOf(about('dns-recursion/mail'), 'prediction').map(
    ({prompt}) => promptText(prompt).en,
  );
  expect(printed.filter((each) => each.includes('RCODE'))).toHaveLength(1);
  for (const each of printed) expect(each).not.toMatch(/run A/i);
});

thorough('each content type is a number with its name', () => {
  const questions = questionsOf(about('https-tls13/full'), 'record-type');
  expect(questions.length).toBeGreaterThan(2);
  for (const {text} of questions.flatMap(({choices}) => choices))
    expect(text.en).toMatch(/^\d+ \([a-z_]+\)$/);
});

test('no two choices say the same: a content of 0 bytes ends at the blank line', () => {
  expect(printedOf('http-status', 'body-ends').length).toBeGreaterThan(2);
  for (const each of printedOf('http-status', 'body-ends')) expect(each).not.toMatch(/Content-Length: 0\b/);
});

thorough('a mean follows from its numbers as they are printed', () => {
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

test('a FIN that may wait behind data is said to have left', () => {
  const printed = [
    ...printedOf('teardown', 'state-after'),
    ...printedOf('simultaneous-close', 'which-flags'),
  ];
  const closing = printed.filter((each) => /in (FIN-WAIT-1|CLOSING|LAST-ACK)/.test(each));
  expect(closing.length).toBeGreaterThan(3);
  for (const each of closing) expect(each).toContain('sent its FIN');
});

thorough('the number that may not be sent yet is not printed', () => {
  const found = ['sliding-window', 'data-transfer', 'congestion'].flatMap((run) =>
    questionsOf(about(run), 'right-edge'),
  );
  expect(found.length).toBeGreaterThan(0);
  for (const {prompt, choices, answer} of found) {
    const right = choices.find(({id}) => id === answer)?.text.en ?? String(answer);
    expect(promptText(prompt).en).not.toContain(`SND.NXT=${right}`);
  }
});

thorough('nothing to be read, and slow start, are no more common than the rest', () => {
  const read = questionsOf(about('rack-tlp/again'), 'bytes-read');
  const nothing = read.filter(({explain}) => explain.en.endsWith(': 0.'));
  expect(read.length).toBeGreaterThan(0);
  expect(nothing.length * 2).toBeLessThanOrEqual(read.length);
  expect(questionsOf(about('rack-tlp/alone'), 'cwnd-after')).toEqual([]);
  const cwnd = questionsOf(about('cubic/reno'), 'cwnd-after');
  const slow = cwnd.filter(({explain}) => explain.en.includes('slow start'));
  expect(slow.length).toBeGreaterThan(0);
  expect(slow.length).toBeLessThan(cwnd.length);
});

test('why a SYN echoes 0 is said', () => {
  const opening = printedOf('tcp-header', 'timestamp-echo').filter((each) => each.includes('TSecr=0'));
  expect(opening.length).toBeGreaterThan(0);
  for (const each of opening) expect(each).toContain('acknowledges nothing');
});

test('an order is explained by its own lines', () => {
  const [found] = questionsOf(about('teardown'), 'order-packets');
  const [, ...behind] = typeof found?.answer === 'object' ? found.answer : [];
  expect(behind.length).toBe(3);
  for (const id of behind) expect(found?.explain.en).toContain(`${id}: `);
});

thorough('after a RST nobody is said to be at the other end', () => {
  const choices = ['half-open', 'why-four/abort', 'refused', 'why-three'].flatMap((run) =>
    questionsOf(about(run), 'state-after')
      .filter(({prompt}) => promptText(prompt).en.includes('RST'))
      .flatMap((each) => each.choices),
  );
  expect(choices.length).toBeGreaterThan(2);
  for (const {belief} of choices) expect(belief?.en ?? '').not.toContain('other end');
});

thorough(
  // What an alias stands for is not printed.
  'who asks for whom, and one name',
  () => {
    const printed = ['dns-cache/base', 'dns-cache/alias', 'dns-recursion/mail'].flatMap((run) =>
      printedOf(run, 'order-packets'),
    );
    expect(printed.length).toBeGreaterThan(1);
    for (const each of printed) {
      expect(each).toSay({says: 'questions.turnTakingSentences.orderPackets.promptOfNames', asks: true});
      expect(new Set([...each.matchAll(/DNS (\S+) \w+ \?/g)].map(([, name]) => name)).size).toBe(1);
    }
  },
);

test('what is put in order does not stand in order', () => {
  for (const run of ['teardown', 'handshake', 'dns-recursion/mail', 'http-request'])
    for (const {answer} of questionsOf(about(run), 'order-packets'))
      expect(answer).not.toEqual(['a', 'b', 'c', 'd']);
});

thorough('a question that goes on from another one is not asked on a sheet, in either language', () => {
  const runs = [
    ...['https-why/https-edited', 'https-why/own-certificate', 'http-connections/slow', 'delayed-ack/base'],
    ...['layers/big', 'why-three/resent', 'time-wait/server-first', 'half-open/client-crash'],
  ];
  const questions = runs.flatMap((run) => questionsOf(about(run), 'prediction'));
  expect(questions.length).toBeGreaterThan(2);
  for (const text of questions.flatMap(({prompt}) =>
    prompt.flatMap((line) => ('kind' in line ? [] : [line])),
  )) {
    expect(text.en).not.toMatch(/^(Once more|The same|This time)|once more, but/);
    expect(text.zh).not.toMatch(/^(同样|这次|还是|再来)/);
  }
});

thorough('a sentence to be judged stands without packets', () => {
  const questions = ['handshake', 'teardown', 'cubic'].flatMap((run) => questionsOf(about(run), 'is-it-so'));
  expect(questions.length).toBeGreaterThan(3);
  for (const {prompt} of questions) expect(prompt.filter(isPacket)).toEqual([]);
});

// RFC 9110 §15.4.3, §15.5.5, RFC 8470 §5.2.
thorough('the reply says what the status code means, by its own section', () => {
  const replies = ['http-status', 'http-status/loop', 'https-tls13/early'].flatMap((run) =>
    questionsOf(about(run), 'which-status').map(({explain}) => explain.en),
  );
  expect(replies.length).toBeGreaterThan(3);
  for (const each of replies)
    expect(each).toMatch(/^\d{3} [A-Z][\w ]+: .*\(RFC (9110 §15\.\d\.\d+|8470 §5\.2)\)\.$/);
  for (const each of replies.filter((reply) => reply.startsWith('302'))) expect(each).toContain('§15.4.3');
});

test('a router is asked about with hosts that talk: no server asks another one for recursion', () => {
  // Of this run’s hosts only the laptop and its resolver do so outside a thought experiment.
  const printed = printedOf('dns-iterative/chain', 'router-changes');
  expect(printed.length).toBeGreaterThan(0);
  for (const each of printed) expect(each).toContain('the laptop');
});

// RFC 7323 §2.2: the window of a segment with SYN is never scaled; these runs agree on a scale, so that the others' fields are no bytes.
test('room for bytes is printed only from a window that is not scaled', () => {
  const asked = ['layers/base', 'url-to-page', 'http-request'].flatMap((run) =>
    questionsOf(about(run), 'which-layer').map((each) => each.givens),
  );
  const fields = asked.map((givens) => JSON.stringify(givens)).filter((each) => each.includes('window'));
  expect(asked.length).toBeGreaterThan(5);
  for (const each of fields) expect(Number(/"value":"(\d+)"/.exec(each)?.[1])).toBeGreaterThan(60_000);
});

// IANA, Assigned Internet Protocol Numbers: 6 TCP, 17 UDP.
test('the reply says what a number of the layer above stands for', () => {
  const replies = ['layers/base', 'dns-recursion'].flatMap((run) =>
    questionsOf(about(run), 'which-layer').map(({explain}) => explain.en),
  );
  expect(replies.some((each) => each.includes('6 means TCP'))).toBe(true);
  expect(replies.some((each) => each.includes('17 means UDP'))).toBe(true);
});

test('the state of an end is printed a fact a line', () => {
  const printed = [
    ...printedOf('teardown', 'which-flags'),
    ...printedOf('teardown', 'state-after'),
    ...printedOf('teardown', 'next-seq'),
  ];
  expect(printed.filter((each) => /SND\.NXT=|so far/.test(each)).length).toBeGreaterThan(3);
  for (const line of printed.flatMap((each) => each.split('\n')))
    expect(line.match(/SND\.NXT=|RCV\.NXT=|SYN: seq=|so far:/g)?.length ?? 0).toBeLessThan(2);
});

thorough('two SYNs have no order: each connection chooses anew where it begins (RFC 9293 §3.4.1)', () => {
  const rows = ['half-open/client-crash', 'half-open', 'teardown'].flatMap((run) =>
    questionsOf(about(run), 'order-packets').map(({choices}) => choices.map(({text}) => text.en)),
  );
  expect(rows.length).toBeGreaterThan(1);
  for (const row of rows) expect(row.filter((each) => each.includes(' SYN seq')).length).toBeLessThan(2);
});

thorough('the sentence to be chosen is not the long one', () => {
  const questions = ['handshake', 'teardown', 'why-three', 'accept-queue'].flatMap((run) =>
    questionsOf(about(run), 'which-is-so'),
  );
  for (const {choices, answer} of questions) {
    const lengthOf = (isRight: boolean) =>
      Math.max(...choices.filter(({id}) => (id === answer) === isRight).map(({text}) => text.en.length));
    expect(lengthOf(true)).toBeLessThan(1.31 * lengthOf(false));
  }
});

test('a SYN that brought data is printed with them: the numbers behind it count them', () => {
  const printed = (['next-ack', 'next-seq'] as const).flatMap((kind) =>
    printedOf('handshake/data-in-syn', kind).filter((each) => /(its|other end’s) SYN: seq=/.test(each)),
  );
  expect(printed.some((each) => / SYN: seq=\d+ len=10/.test(each))).toBe(true);
});
