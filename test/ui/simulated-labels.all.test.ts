// `R` in a capture: the labels of the capture beside its simulation, at every hundredth of a second.
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {compareReplay} from '../../source/view/compare/compare-replay.ts';
import {composeCompare} from '../../source/view/compare/compare-screen.ts';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {sidesOf} from '../../source/words/compare.ts';
import {replaysOf} from '../helpers/replayed.ts';

const inspectedFolder = fileURLToPath(new URL('../fixtures/inspected/', import.meta.url));

test('where one label counts from the ISN all do, and no number is cut', () => {
  const [longer] = replaysOf(readFileSync(`${inspectedFolder}08j-three-losses.pcapng`), 1);
  if (typeof longer !== 'object') throw new Error('it is not simulated');
  const {comparison, told} = compareReplay(longer.capture, longer.simulated, longer.replayed);
  let counted = 0;
  for (let atUs = 0; atUs < 700_000; atUs += 10_000)
    for (const columns of [80, 100, 120, 140, 200]) {
      const canvas = composeCompare(
        comparison,
        {atUs, side: 'left'},
        {
          columns,
          rows: 40,
          glyphs: unicodeGlyphs,
          language: 'en',
          keyHints: [],
          source: 'a',
          told,
          sides: sidesOf([], []),
        },
      );
      const text = canvas
        .lines()
        .map((line) => line.map((span) => span.text).join(''))
        .join('\n');
      const numbers = [...text.matchAll(/(?:seq|ack)=(\d+)(\D?)/g)];
      expect(
        numbers.filter(([, , next]) => next === '…'),
        text,
      ).toEqual([]);
      // Its own numbers have nine and ten digits, those from the ISN five at most.
      const short = numbers.filter(([, number = '']) => number.length <= 5).length;
      expect([0, numbers.length], text).toContain(short);
      if (short > 0) counted += 1;
    }
  expect(counted).toBeGreaterThan(10);
});
