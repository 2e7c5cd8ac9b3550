// What decides is printed. Oracle: what readers who had only the paper could not decide (RFC 9293 §3.4, §3.6.1, §3.8.6.3, RFC 7918 §1,
// RFC 1035 §4.1.1, RFC 2018 §3).
import {expect, test} from 'vitest';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import {isPacket, promptText} from '../../source/quiz/prompt.ts';
import type {Question} from '../../source/quiz/question.ts';
import {saidBy} from '../../source/quiz/said.ts';
import {spanText, sumText} from '../../source/quiz/sums.ts';
import {some, thorough} from '../helpers/seeds.ts';
import {about, questionsOf} from './asked-runs.ts';

const asked = (runs: readonly string[], kind: QuestionKind): readonly Question[] => {
  const found = runs.flatMap((run) => questionsOf(about(run), kind));
  expect(found.length).toBeGreaterThan(0);
  return found;
};

const printed = ({prompt}: Question): string => promptText(prompt).en;

thorough('what is said behind a lost packet acknowledges nothing that is not printed', () => {
  for (const question of asked(['data-transfer/small', 'your-capture/host', 'teardown'], 'if-dropped')) {
    const lines = question.prompt.filter(isPacket).flatMap(({from, parts}) => {
      const line = saidBy(parts);
      return line ? [{...line, from}] : [];
    });
    const [last, ...before] = lines.toReversed();
    const next = / ack=(\d+)/.exec(/goes on with\n(.*)/.exec(printed(question))?.[1] ?? '')?.[1];
    const known = [last?.ack, ...before.filter(({from}) => from !== last?.from).map(({end}) => end)];
    if (next !== undefined) expect(known.map(String)).toContain(next);
  }
});

thorough('whoever has sent FIN and gets data is said to read on', () => {
  for (const kind of ['which-flags', 'state-after', 'if-delayed'] as const)
    for (const question of asked(['why-four/streaming', 'teardown'], kind)) {
      const isMet = / in FIN-WAIT-[12]/.test(printed(question)) && / len=\d/.test(printed(question));
      if (isMet) expect(printed(question)).toContain('its program still reads');
    }
  for (const question of asked(['teardown/never-closes'], 'if-dropped')) {
    const rows = printed(question);
    if (/FIN[\s\S]* len=/.test(rows)) expect(rows).toContain('still reads');
  }
});

test('a question about ACKs says which segments have come, and that they are delayed', () => {
  const [question] = asked(['data-transfer/delayed'], 'question');
  if (!question) throw new Error('nothing asked');
  expect(printed(question)).toMatch(/have not arrived by now: 5, 6\.[\s\S]*delays its ACKs/);
  for (const each of asked(['handshake'], 'next-ack'))
    expect(printed(each)).toContain('Nothing else arrives.');
});

test('the way is told of a packet that is printed', () => {
  for (const run of ['delayed-ack', 'https-tls12/resumed', 'loss-recovery'])
    for (const kind of ['prediction', 'question'] as const)
      for (const question of questionsOf(about(run), kind)) {
        const named = /Packet (\d+) leaves at/.exec(printed(question))?.[1];
        const rows = question.prompt.filter(isPacket).map(({number}) => String(number));
        if (named !== undefined) expect(rows).toContain(named);
      }
});

test('a sum that passes the end of 32 bits shows it', () => {
  expect(sumText(4_294_967_290, 10)).toBe('4294967290 + 10 − 2^32 = 4');
  expect(sumText(4_294_967_290, 5)).toBe('4294967290 + 5 = 4294967295');
  expect(spanText(4, 10, 4_294_967_290)).toBe('4 + 10 − 4294967290 + 2^32 = 20');
  expect(spanText(1000, 10, 900)).toBe('1000 + 10 − 900 = 110');
  const sums = asked(['data-transfer/wrap'], 'next-ack').map(({explain}) => explain.en);
  expect(sums.some((each) => / − 2\^32 = \d+ is expected next/.test(each))).toBe(true);
});

thorough('the time to the first byte is a sum of its terms, and TLS 1.2 is without False Start', () => {
  for (const question of asked(['https-tls12/ecdhe', 'https-tls13/full', 'http-connections'], 'first-byte')) {
    const isOld = printed(question).includes('TLS 1.2');
    expect(printed(question).includes('False Start')).toBe(isOld);
    const sum = /^([^=]*) = (\d+) ms\.$/.exec(question.explain.en);
    if (!sum) continue;
    const terms = [...(sum[1] ?? '').matchAll(/(?:(\d) × )?(\d+) ms/g)];
    const total = terms.reduce((all, [, times = '1', ms]) => all + Number(times) * Number(ms), 0);
    expect(`${question.explain.en} ${total}`).toBe(`${question.explain.en} ${sum[2]}`);
  }
});

test('of each flag of DNS the reply says why it is set, or why it is not', () => {
  for (const {explain, choices, answer} of asked(['dns-recursion', 'dns-cache'], 'dns-flags'))
    for (const flag of ['QR', 'AA', 'RD', 'RA']) {
      const choice = choices.find(({value}) => value === flag);
      const isSet = choice !== undefined && typeof answer === 'object' && answer.includes(choice.id);
      expect(explain.en).toContain(choice ? `${flag}=${isSet ? 1 : 0}` : `${flag}=`);
    }
});

test('no reply quotes a rule whose scene is not printed', () => {
  const runs = some(['delayed-ack', 'delayed-ack/bulk', 'teardown', 'sliding-window'], 1);
  for (const kind of ['which-flags', 'next-ack', 'which-timer', 'if-delayed'] as const)
    for (const run of runs)
      for (const question of questionsOf(about(run), kind)) {
        expect(question.because ?? '').not.toMatch(/3\.8\.6\.3/);
        if (kind === 'which-timer' && / in TIME-WAIT since/.test(printed(question)))
          expect(question.because).toBeUndefined();
      }
});

test('a host that is called by a letter is no choice of that letter', () => {
  for (const run of ['simultaneous-open/one-dials', 'simultaneous-open'])
    for (const kind of ['if-dropped', 'who-sends-next', 'ends-in-time-wait'] as const)
      for (const {choices} of questionsOf(about(run), kind))
        for (const {text} of choices) expect(text.en).not.toMatch(/^host [a-f]$/);
});

test('no row is crowded by a name that nobody reads', () => {
  for (const kind of ['name-octets', 'answer-fits', 'negative-ttl', 'dns-says', 'reply-taken'] as const)
    for (const question of questionsOf(about('dns-transport/names'), kind))
      expect(printed(question)).not.toMatch(/\S{65}/);
});

const authored = (runs: readonly string[]): readonly Question[] =>
  runs.flatMap((run) =>
    (['prediction', 'question'] as const).flatMap((kind) => questionsOf(about(run), kind)),
  );

test('a lesson’s question stands alone where the story would answer it, and is not asked where paper cannot tell', () => {
  const questions = authored(['accept-queue', 'handshake', 'state-machine', 'url-to-page']).map(printed);
  const [backlog = ''] = questions.filter((each) => each.includes('The backlog is 2'));
  expect(backlog).toMatch(/The backlog is 2/);
  expect(backlog).not.toMatch(/SYN,ACK is here/);
  for (const each of questions) {
    expect(each).not.toContain('ss on Linux');
    expect(each).not.toContain('a style sheet');
  }
});

test('whoever is asked about an instant is told another one', () => {
  const questions = authored([
    'simultaneous-open',
    'handshake-loss/third',
    'simultaneous-close',
    'half-open',
  ]);
  expect(questions.length).toBeGreaterThan(5);
  for (const question of questions) {
    const text = printed(question);
    const isOfInstant = /\bat [\d.]+ m?s\?|[\d.]+ m?s\?$/.test(text);
    if (isOfInstant) expect(text.match(/[\d.]+ (ms|s)\b/g)?.length).toBeGreaterThan(1);
  }
});

test('no answer stands in the packets that are printed', () => {
  const asks = authored(['dns-recursion/browser']).map(printed);
  expect(asks.some((each) => /NXDOMAIN\?/.test(each))).toBe(true);
  for (const each of asks) expect(each).not.toContain('NODATA');
});

thorough('RST in TIME-WAIT is asked of nobody: RFC 1337 §4 and RFC 9293 §3.10.7.4 say two things', () => {
  const runs = ['why-three/time-wait', 'time-wait', 'state-machine'];
  for (const kind of ['rst-taken', 'state-after', 'which-flags'] as const)
    for (const question of runs.flatMap((run) => questionsOf(about(run), kind)))
      expect(printed(question)).not.toMatch(/TIME-WAIT[\s\S]*\n\s*RST /);
});

test('why an end is in TIME-WAIT has one reason', () => {
  const replies = ['simultaneous-close', 'state-machine/crossing'].flatMap((run) =>
    questionsOf(about(run), 'state-of-peer').map(({explain}) => explain.en),
  );
  expect(replies.filter((each) => each.includes('closed at once')).length).toBeGreaterThan(0);
  for (const each of replies) expect(each).not.toContain('closed first, or both');
});

thorough('a number that is in no field is in no choice', () => {
  for (const {choices} of asked(['http-status', 'http-request'], 'body-ends'))
    for (const {text} of choices) expect(text.en).not.toMatch(/ {2}|after bytes/);
});

test('a host that is named within a sentence has a small article', () => {
  for (const question of asked(['dns-cache', 'dns-recursion'], 'next-query-to'))
    expect(printed(question)).not.toMatch(/[a-z;,] The [a-z]/);
});

test('what decides a wait, a jar and a count is printed: the state, the Set-Cookie fields, the MSS', () => {
  // RFC 9293 §3.8.4, §3.6.1: a host with nothing to send also waits in TIME-WAIT, but for 2 MSL.
  for (const question of asked(['half-open/keep-alive'], 'which-timer'))
    expect(printed(question)).toContain('ESTABLISHED');
  // RFC 6265 §5.2: Max-Age=0 or another Path would change how many are kept.
  for (const question of asked(['cookies-session'], 'cookies-kept'))
    expect(printed(question)).toMatch(/Set-Cookie: \w+=\w+; Path=\//);
  // RFC 9293 §3.7.4: as many segments as the bytes that wait fill.
  const counts = authored(['data-transfer/small']).map(printed);
  const [count = ''] = counts.filter((each) => /How many data segments/.test(each));
  expect(count).toMatch(/\bMSS\b.*\d/);
});
