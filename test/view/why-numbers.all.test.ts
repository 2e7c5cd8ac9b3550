// What stands under a formula of *Why?* has to be true, wherever a run of the lessons follows a rule: the sums are done anew.
import {expect, test} from 'vitest';
import {loadData} from '../../source/lesson/load-data.ts';
import {viewOf} from '../../source/view/time/pace.ts';
import {allRuns, type LessonRun, traceOf} from '../helpers/all-runs.ts';
import {dataFile} from '../helpers/data-file.ts';
import {few} from '../helpers/seeds.ts';
import {open, sceneOf, started} from './player.ts';

const data = loadData({rules: dataFile('rules')});
const rules = new Map((data.ok ? data.value.rules : []).map((rule) => [rule.id, rule]));

const units: {readonly [name: string]: number} = {µs: 1, ms: 1000, s: 1_000_000};
const modulus = 2 ** 32;
/** Times are cut to what a column has room for. */
const slackOf = (line: string): number => (/\d s\b/.test(line) ? 1000 : / ms\b/.test(line) ? 100 : 0);

/** A sum of products, or the larger of two; NaN where a symbol has no number. */
const sumOf = (text: string): number => {
  const larger = /^max\((.+),(.+)\)$/.exec(text.trim());
  if (larger) return Math.max(sumOf(larger[1] ?? ''), sumOf(larger[2] ?? ''));
  return text
    .trim()
    .split(/\s+(?=[+−]\s)/)
    .reduce((sum, term) => {
      const [, sign = '+', product = ''] = /^(?:([+−])\s+)?(.*)$/.exec(term) ?? [];
      const value = product
        .split(/\s+×\s+/)
        .reduce((so, factor) => so * (/^\d+$/.test(factor.trim()) ? Number(factor) : Number.NaN), 1);
      return sign === '+' ? sum + value : sum - value;
    }, 0);
};

const isTrue = (line: string): boolean => {
  const inMicroseconds = line.replace(/(\d+(?:\.\d+)?) (µs|ms|s)\b/g, (_, value: string, unit: string) =>
    String(Math.round(Number(value) * (units[unit] ?? 1))),
  );
  const [first = '', ...others] = inMicroseconds.split(/\s+(?=[=<≤]\s)/);
  let left = sumOf(first);
  return others.every((other) => {
    const right = sumOf(other.slice(1));
    const apart = right - left;
    left = right;
    if (Number.isNaN(apart)) return true;
    if (other.startsWith('=')) return Math.abs(apart % modulus) <= slackOf(line);
    // Sequence numbers are compared modulo 2³²: half of them lie ahead.
    const ahead = ((apart % modulus) + modulus) % modulus;
    return ahead < modulus / 2 && (ahead > 0 || other.startsWith('≤'));
  });
};

/** A rule's first times in a run; the later ones are the same code. */
const timesEach = 2;

const wrongIn = (one: LessonRun): readonly string[] => {
  const trace = traceOf(one);
  const opened = open({trace, rule: (id) => rules.get(id)});
  const times = new Map<string, number>();
  const wrong: string[] = [];
  for (const {n, because} of trace.events()) {
    if (because === undefined) continue;
    const count = (times.get(because) ?? 0) + 1;
    times.set(because, count);
    if (count > timesEach) continue;
    const {why} = sceneOf(opened, started({viewMs: viewOf(opened.pacing, n), why: {event: n}}));
    for (const [symbols, numbers] of why?.formulas ?? [])
      if (numbers !== undefined && !isTrue(numbers))
        wrong.push(`${one.name}, event ${n}, ${because}: ${symbols} | ${numbers}`);
  }
  return wrong;
};

test('the sums come out as they would by hand', () => {
  expect(
    ['1001  +  64240  ≤  100000000', '5  =  4294967291  +  10', '600 ms  =  2  ×  300 ms'].map(isTrue),
  ).toEqual([true, true, true]);
  expect(['1001  +  64240  ≤  1001', '1001  <  1001', '4  =  1  +  2'].map(isTrue)).toEqual([
    false,
    false,
    false,
  ]);
});

test('every formula holds in numbers', () => {
  expect(rules.size).toBeGreaterThan(0);
  expect(few(allRuns(), 60).flatMap(wrongIn)).toEqual([]);
}, 300_000);
