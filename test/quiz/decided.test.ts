// What is printed decides, and has to be thought about. Oracle: questions of a blind test whose numbers, as printed, gave another answer,
// or which somebody who knows nothing answers (RFC 1035 §3.2.1, RFC 7323 §1.3, RFC 9112 §9.3.2, RFC 1812 §5.2.1).
import {expect, test} from 'vitest';
import {printedUs, timeText} from '../../source/lesson/value.ts';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import {about, candidatesOf, questionsOf} from './asked-runs.ts';
import '../helpers/meaning.ts';

const askedOf = (run: string, kind: QuestionKind) =>
  candidatesOf(about(run), kind).flatMap((each) =>
    'question' in each && each.told ? [{...each.question, printed: each.told.printed()}] : [],
  );

const printedOf = (run: string, kind: QuestionKind): readonly string[] =>
  askedOf(run, kind).map(({printed}) => printed);

test('what is counted with is the time as it is printed', () => {
  for (const us of [0, 17, 999, 1000, 15_849, 101_999, 1_050_499, 301_045_000, 320_005_000, 1_234_567_890]) {
    expect(printedUs(us)).toBeLessThanOrEqual(us);
    expect(Number.parseFloat(timeText(printedUs(us)))).toBe(Number.parseFloat(timeText(us)));
  }
});

test('a TTL that is left follows from the times as they are printed', () => {
  const runs = ['planned', 'what-if-2', 'what-if-3', 'what-if-4', 'what-if-5'].map(
    (each) => `dns-cache/${each}`,
  );
  const questions = runs.flatMap((run) => askedOf(run, 'ttl-left'));
  expect(questions.length).toBeGreaterThan(2);
  for (const {printed, choices, answer} of questions) {
    const [stored = 0, asked = 0] = [...printed.matchAll(/At ([\d.]+) (m?)s/g)].map(
      ([, each, milli]) => Number(each) / (milli ? 1000 : 1),
    );
    const ttl = Number(/TTL (\d+) s/.exec(printed)?.[1]);
    const right = choices.find(({id}) => id === answer)?.value ?? answer;
    expect(`${printed} ${right}`).toBe(`${printed} ${ttl - Math.floor(asked - stored + 1e-9)}`);
  }
});

test('no two SYNs that say the same are compared', () => {
  for (const run of ['handshake', 'tcp-header', 'sliding-window']) {
    const printed = printedOf(run, 'options-agreed');
    expect(printed.length).toBeGreaterThan(0);
    for (const each of printed) {
      const [first, second] = [...each.matchAll(/^ *SYN(?:,ACK)? +(.*)$/gm)].map(([, options]) => options);
      expect(first).not.toBe(second);
    }
  }
});

test('whose address it is differs between the layers', () => {
  const links = printedOf('layers', 'hop-address').map((each) => {
    const stops = /^.* → .*$/m.exec(each)?.[0].trim().split(' → ') ?? [];
    const target = each.includes('destination');
    const [, from = '', to = ''] = /On the link from (.*) to (.*), whose/.exec(each) ?? [];
    const is = (stop: string | undefined, said: string): boolean => said.replace('the ', '') === stop;
    return target ? is(stops.at(-1), to) : is(stops[0], from);
  });
  expect(links.length).toBeGreaterThan(3);
  expect(links).not.toContain(true);
});

test('which response comes is not a matter of who is done first', () => {
  for (const each of printedOf('http-connections/pipelined', 'pipelined-order'))
    expect(each).toSay({says: 'ask-http.pipelined.asks'});
});

test('how long a session may rest is a question of its own', () => {
  const questions = questionsOf(about('cookies-session'), 'session-for');
  expect(questions.length).toBeGreaterThan(0);
  for (const {choices} of questions) expect(choices.map(({value}) => value)).toContain('nobody');
});

test('TCP is said to have no options where it has none', () => {
  const printed = printedOf('teardown', 'frame-bytes').filter((each) => each.includes('TCP'));
  expect(printed.length).toBeGreaterThan(0);
  for (const each of printed) expect(each).toMatch(/TCP with(out options| \d+ bytes of options) carries/);
});

test('of what a cache held something has run out', () => {
  const runs = ['base', 'planned', 'what-if-3', 'what-if-5'].map((each) => `dns-cache/${each}`);
  const questions = [...runs, 'dns-recursion/mail'].flatMap((run) => questionsOf(about(run), 'cache-holds'));
  expect(questions.length).toBeGreaterThan(0);
  for (const {choices, answer} of questions) {
    const kept = choices.filter(({value}) => value?.includes(' '));
    expect(Array.isArray(answer) ? answer.length : 0).toBeLessThan(kept.length);
  }
});
