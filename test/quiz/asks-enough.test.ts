// A question prints what its answer needs and not the answer, alone and beside others on its sheet. Oracle: RFC 1034 §5.3.1, RFC 2308 §3,
// RFC 6265 §8.4, RFC 9110 §9.2.2, and what blind readers could not decide or did not have to.
import {expect, test} from 'vitest';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import {promptText} from '../../source/quiz/prompt.ts';
import type {Question} from '../../source/quiz/question.ts';
import {tellsAnswer} from '../../source/quiz/tells.ts';
import {about, questionsOf} from './asked-runs.ts';

const asked = (run: string, kind: QuestionKind): readonly Question[] => {
  const found = questionsOf(about(run), kind);
  expect(found.length).toBeGreaterThan(0);
  return found;
};

const printed = ({prompt}: Question): string => promptText(prompt).en;

test('whom a stub asks follows from what a stub is; no query with RD=1 stands beside it', () => {
  const [stub] = asked('dns-cache/base', 'next-query-to').filter((each) => printed(each).includes('stub'));
  if (!stub) throw new Error('no stub');
  expect(printed(stub)).not.toContain('RD=1');
  for (const each of asked('dns-recursion/mail', 'order-packets'))
    expect(tellsAnswer(each, stub)).toBe(each.choices.some(({text}) => text.en.includes('RD=1')));
});

test('how long a “no” is kept: two limits that differ, and the smaller one counts', () => {
  for (const run of ['dns-cache/negative', 'dns-recursion/mail'])
    for (const question of asked(run, 'negative-ttl')) {
      const [, ttl, minimum] = /TTL (\d+) .*MINIMUM (\d+)/.exec(printed(question)) ?? [];
      expect(Number(ttl)).not.toBe(Number(minimum));
      expect(question.explain.en).toContain(`${Math.min(Number(ttl), Number(minimum))} s.`);
    }
});

test('that there is no such name is asked for once, and not where another question says so', () => {
  const [negative] = asked('dns-cache/negative', 'negative-ttl');
  const says = asked('dns-cache/negative', 'dns-says').filter((each) => printed(each).includes('SOA'));
  const [one] = says;
  if (!negative || !one) throw new Error('no “no”');
  expect(tellsAnswer(negative, one)).toBe(true);
  expect(new Set(says.flatMap(({secrets = []}) => secrets)).size).toBe(1);
});

test('a reply about a TTL shows the sum, and rounds what it has computed', () => {
  for (const {explain} of asked('dns-cache/base', 'ttl-left')) {
    const [, ttl, age, rest, left] =
      /and (\d+) s − ([\d.]+) s = ([\d.]+) s, rounded up: (\d+) s/.exec(explain.en) ?? [];
    expect(Number(rest)).toBeCloseTo(Number(ttl) - Number(age), 6);
    expect(Number(left)).toBe(Math.ceil(Number(rest)));
  }
});

test('ids and values of cookies are printed in full', () => {
  for (const kind of ['session-for', 'cookie-ends', 'cookie-goes-to', 'cookie-readers'] as const)
    for (const question of asked('cookies-session/base', kind)) {
      expect(printed(question)).not.toContain('…');
      if (kind === 'session-for') expect(printed(question)).toMatch(/JSESSIONID=[0-9A-F]{32}$/m);
    }
});

test('of a POST without an answer the RFC is asked for, and the reply says what browsers do', () => {
  for (const question of asked('http-request/what-if-8', 'unanswered-request')) {
    expect(printed(question)).toContain('RFC 9110');
    expect(question.explain.en).toMatch(/POST.*SHOULD NOT.*browsers/);
  }
});

test('whose the addresses are from which one chooses is printed', () => {
  const whose = asked('https-why/answered', 'prediction').filter((each) =>
    each.choices.every(({text}) => /^\d+(\.\d+){3}$/.test(text.en)),
  );
  expect(whose).toHaveLength(1);
  for (const question of whose)
    for (const {text} of question.choices)
      expect(printed(question)).toMatch(new RegExp(`^ *([\\d.]+, )*${text.en}(, [\\d.]+)*  [a-z]`, 'm'));
});
