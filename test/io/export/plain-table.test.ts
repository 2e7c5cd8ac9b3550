// The table of `export --format text`: what stands in a column begins, or ends, in one column of the terminal. Oracle for widths: string-width.

import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {plainTableLines} from '../../../source/io/export/plain-table.ts';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {headOf} from '../../../source/tell/sequence/head.ts';
import {sequenceOf} from '../../../source/tell/sequence/sequence.ts';
import {pacing} from '../../../source/view/time/pacing.ts';
import {shell} from '../../../source/words/written.ts';
import {capturedTrace} from '../../helpers/captured.ts';

const linesOf = (trace: Trace, language: Language): readonly string[] => {
  const sequence = sequenceOf({trace, pacing: pacing(trace), language, relative: true});
  const title = everywhere({en: 'a', zh: 'a'});
  const head = headOf({trace, title, runName: undefined, sequence});
  return [
    ...plainTableLines({trace, sequence, head, beats: [], rule: () => undefined, playCommand: shell`play a`}),
  ];
};

test.each(['en', 'zh'] as const)('%s: columns stand below each other, every packet has a row', (language) => {
  const trace = capturedTrace('00a-handshake-only.pcap');
  const lines = linesOf(trace, language);
  const rule = lines.findIndex((line) => /^-+( {2}-+)+$/.test(line));
  // Where the dashes begin, so does each cell behind the two columns of numbers; those end where the dashes end.
  const starts = [...(lines[rule] ?? '').matchAll(/-+/g)].map(({index, 0: dashes}) => [index, dashes.length]);
  const rows = lines.slice(rule + 1, lines.indexOf('', rule));
  expect(rows.filter((row) => /^ *\d+ /.test(row))).toHaveLength(trace.packetCount);
  for (const row of [lines[rule - 1] ?? '', ...rows])
    for (const [index, [start = 0, width = 0]] of starts.entries()) {
      const before = cells(row, start);
      expect(stringWidth(before)).toBe(Math.min(start, stringWidth(row)));
      if (index > 0 && before !== row) expect(before).toMatch(/ {2}$/);
      expect(stringWidth(cells(row, start + width))).toBeLessThanOrEqual(start + width);
    }
  expect(lines.join('\n')).toContain('≈25 ms');
});

/** As much of a row as takes so many columns. */
const cells = (row: string, columns: number): string => {
  let text = '';
  for (const sign of row) {
    if (stringWidth(text + sign) > columns) break;
    text += sign;
  }
  return text;
};

test('a line end in a cell does not end its row', () => {
  const lines = linesOf(capturedTrace('00a-handshake-only.pcap'), 'en');
  expect(lines.every((line) => !/[\n\r\t]/.test(line))).toBe(true);
});
