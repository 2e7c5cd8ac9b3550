// Packets of two runs that differ in their TCP options or in whether their checksum is right: in words, never in octets.
import {expect, test} from 'vitest';
import {allRuns} from '../../../source/lesson/run-variant.ts';
import {type Comparison, compareTraces, differingRows} from '../../../source/sim/compare.ts';
import {allLessons, traceOf} from '../../helpers/all-runs.ts';
import {some} from '../../helpers/seeds.ts';
import {explained} from './explained.ts';

const compared = (id: string, names: readonly [string, string]): Comparison => {
  const lesson = allLessons().find((each) => each.id === id);
  const [left, right] = names.map((name) => lesson && allRuns(lesson).find((run) => run.name === name));
  if (!lesson || !left || !right) expect.fail(`${id} has no runs ${names.join(' and ')}`);
  return compareTraces(traceOf({lesson, run: left}), traceOf({lesson, run: right}));
};

test('a SYN with a window scale and one without', () => {
  const comparison = compared('rack-tlp', ['base', 'old']);
  expect([explained(comparison, 'en'), explained(comparison, 'zh')]).toEqual([
    'Packet 1 (SYN seq=1000): in A its options are MSS 1000, SACK permitted, window scale with shift 7; in B MSS 1000, SACK permitted.',
    '第 1 个分组（SYN seq=1000）：选项在 A 中是 MSS 1000、允许 SACK、窗口扩大（移位 7）；在 B 中是 MSS 1000、允许 SACK。',
  ]);
});

test('what follows from other options is not told in their place, and a window of five digits is a number', () => {
  const comparison = compared('your-capture', ['base', 'what-if-1']);
  const told = [1, 2, 3, 4].map((nth) => explained(comparison, 'en', nth));
  expect(told).toEqual([
    'Packet 2 (SYN,ACK seq=9000 ack=1001): in A its options are MSS 1460, SACK permitted, timestamps, window scale with shift 7; in B MSS 1460, SACK permitted, window scale with shift 7.',
    'Packet 3 (ACK seq=1001 ack=9001): in A its options are timestamps; in B none.',
    'Packet 4 (PSH,ACK seq=1001 ack=9001 len=120): in A its options are timestamps; in B none.',
    'Packet 5 (ACK seq=9001 ack=1121): in A its options are timestamps; in B none.',
  ]);
});

test('a checksum that the card has still to complete', () => {
  const comparison = compared('your-capture', ['base', 'host']);
  expect([explained(comparison, 'en'), explained(comparison, 'zh')]).toEqual([
    'Packet 1 (SYN seq=1000): its checksum is right in A and wrong in B.',
    '第 1 个分组（SYN seq=1000）：校验和在 A 中正确，在 B 中不对。',
  ]);
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
