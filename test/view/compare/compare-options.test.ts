// Packets of two runs that differ in their TCP options or in whether their checksum is right: in words, never in octets.
import {expect, test} from 'vitest';
import {allRuns} from '../../../source/lesson/run-variant.ts';
import {type Comparison, compareTraces, differingRows} from '../../../source/sim/compare.ts';
import {allLessons, traceOf} from '../../helpers/all-runs.ts';
import {some} from '../../helpers/seeds.ts';
import {explained} from './explained.ts';
import '../../helpers/meaning.ts';

const compared = (id: string, names: readonly [string, string]): Comparison => {
  const lesson = allLessons().find((each) => each.id === id);
  const [left, right] = names.map((name) => lesson && allRuns(lesson).find((run) => run.name === name));
  if (!lesson || !left || !right) expect.fail(`${id} has no runs ${names.join(' and ')}`);
  return compareTraces(traceOf({lesson, run: left}), traceOf({lesson, run: right}));
};

const mss = (bytes: number) => ({says: 'compare.compareOptions.mss', mss: bytes});
const permitted = {says: 'compare.compareOptions.sackPermitted'};
const stamps = {says: 'compare.compareOptions.timestamps'};
const scale = {says: 'compare.compareOptions.windowScale', shift: 7};

test('a SYN with a window scale and one without', () => {
  const comparison = compared('rack-tlp', ['base', 'old']);
  expect(explained(comparison, 'en')).toSay({
    ...{says: 'compare.compareFirst.options', a: [mss(1000), permitted, scale], b: [mss(1000), permitted]},
  });
});

test('what follows from other options is not told in their place, and a window of five digits is a number', () => {
  const comparison = compared('your-capture', ['base', 'what-if-1']);
  const [synAck, ...others] = [1, 2, 3, 4].map((nth) => explained(comparison, 'en', nth));
  expect(synAck).toSay({
    ...{says: 'compare.compareFirst.options', a: [mss(1460), permitted, stamps, scale]},
    b: [mss(1460), permitted, scale],
  });
  for (const other of others)
    expect(other).toSay({says: 'compare.compareFirst.options', a: [stamps], b: ['none']});
});

test('a checksum that the card has still to complete', () => {
  const comparison = compared('your-capture', ['base', 'host']);
  expect(explained(comparison, 'en')).toSay({says: 'compare.compareFirst.checksum', right: 'A'});
});

test('of two runs of any lesson no difference is told in octets', () => {
  for (const {id, together} of some(allLessons(), 8)) {
    const [left, right] = together ?? [];
    if (left === undefined || right === undefined) continue;
    const comparison = compared(id, [left, right]);
    for (const nth of differingRows(comparison).slice(0, 5).keys()) {
      const text = explained(comparison, 'en', nth);
      expect(text, `${id}, difference ${nth + 1}`).not.toMatch(/ (?:is|and) (?:[0-9a-f]{2}){3,} in /);
    }
  }
}, 60_000);
