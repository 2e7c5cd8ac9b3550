// The modes of dns-iterative side by side. Oracle: the delays of the lesson: iterative 130 ms,
// fully recursive 10 + 40 + 80 + 80 ms, fully iterative 3 × 50 ms.
import {expect, test} from 'vitest';
import type {Language} from '../../../source/lesson/text.ts';
import {type Comparison, compareTraces} from '../../../source/sim/compare.ts';
import {compareFacts} from '../../../source/view/compare/compare-facts.ts';
import {composeCompare} from '../../../source/view/compare/compare-screen.ts';
import {type CompareState, compareState, moveCompare} from '../../../source/view/compare/compare-state.ts';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {sidesOf} from '../../../source/words/compare.ts';
import {textWidth} from '../../../source/words/width.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {textOf} from '../player.ts';
import {explained, toldOf} from './explained.ts';
import '../../helpers/meaning.ts';

const traceNamed = (name: string) => {
  const found = allRuns().find((each) => each.name === `dns-iterative ${name}`) ?? expect.fail(name);
  return traceOf(found);
};
const usual = traceNamed('base');
const chain = compareTraces(usual, traceNamed('chain'));
const walk = compareTraces(usual, traceNamed('walk'));

const atEnd = (comparison: Comparison): CompareState =>
  moveCompare(comparison, compareState(comparison), {kind: 'end'});

const look = (comparison: Comparison, columns: number, rows: number, language: Language = 'en') =>
  textOf(
    composeCompare(comparison, atEnd(comparison), {
      ...{columns, rows, glyphs: unicodeGlyphs, language, keyHints: []},
      ...{source: 'dns-iterative', sides: sidesOf([], []), told: toldOf(comparison)},
    }),
  );

test('each packet is a line on its side: who asks whom with which RD', () => {
  const lines = look(chain, 120, 40);
  const line = (...words: readonly string[]) =>
    lines.find((each) => words.every((word) => each.includes(word)));
  expect(line('5 ms', 'local > root', 'RD=0', '≠', 'RD=1')).toBeDefined();
  expect(line('45 ms', 'local > tld', '−')).toBeDefined();
  expect(line('+', '185 ms', 'root > local', 'AA=0')).toBeDefined();
  expect(lines.join('\n')).not.toContain('LISTEN');
});

test('both sides stand in their columns, in both languages and alone at 80 columns', () => {
  for (const comparison of [chain, walk])
    for (const [columns, rows] of [
      [80, 24],
      [120, 40],
      [200, 60],
    ] as const)
      for (const language of ['en', 'zh'] as const)
        for (const line of look(comparison, columns, rows, language))
          expect(textWidth(line)).toBeLessThanOrEqual(columns);
  const mark = (line: string): number => line.search(/[=≠−+] +\d/);
  const marked = look(chain, 120, 40).filter((line) => /^ +\d+ ms .*[=≠] +\d+ ms/.test(line));
  expect(marked.length).toBeGreaterThan(4);
  expect(new Set(marked.map(mark)).size).toBe(1);
});

test('in words: who sends what in its place; in the table: when each has its answer', () => {
  expect(explained(chain, 'en')).toSay({
    ...{says: 'compare.compareFirst.instead', host: 'the resolver'},
    ...{packet: 'packet 2 (DNS y.abc.com A ? RD=0)', other: 'packet 2 (DNS y.abc.com A ? RD=1)', a: '5 ms'},
    b: '5 ms',
  });
  expect(explained(chain, 'zh', 2)).toBe(
    '只在 A 中：45 ms，解析器发出第 4 个分组（DNS y.abc.com A ? RD=0）。原因：解析器去问已知最接近的服务器。A 中 com 服务器随即发出第 5 个分组（DNS 转介 abc.com NS dns.abc.com + 胶水记录 AA=0）。',
  );
  const results = [chain, walk].map((comparison) => compareFacts(comparison, 'en', 4).at(-1));
  expect(results.map((fact) => fact && [fact.name, fact.left, fact.right, fact.remark])).toEqual([
    ['result', '130 ms', '210 ms', '80 ms later'],
    ['result', '130 ms', '150 ms', '20 ms later'],
  ]);
  expect(explained(compareTraces(usual, usual), 'en')).toSay({says: 'compare.compareTexts.same'});
});
