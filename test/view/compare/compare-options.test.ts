// Packets of two runs that differ in their TCP options or in whether their checksum is right: in words, never in octets.
import {expect, test} from 'vitest';
import {type Comparison, compareTraces, differingRows} from '../../../source/sim/compare.ts';
import {allLessons, traceOf} from '../../helpers/all-runs.ts';
import {some} from '../../helpers/seeds.ts';
import {explained} from './explained.ts';

const compared = (id: string, names: readonly [string, string]): Comparison => {
  const lesson = allLessons().find((each) => each.id === id);
  const [left, right] = names.map((name) => lesson?.runs.find((run) => run.name === name));
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
