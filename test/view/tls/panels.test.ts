// What holds for the panels of TLS with the focus, at all sizes and in both languages: no line too wide, no cell wanted twice.
import {expect, test} from 'vitest';
import {asciiGlyphs, unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {textWidth} from '../../../source/words/width.ts';
import {some} from '../../helpers/seeds.ts';
import {openedTrace} from '../../observe/tls-captured.ts';
import {canvasOf, type Opened, open, playingAt, textOf} from '../player.ts';
import {sizesTried} from '../sizes.ts';
import {tlsRun} from './runs.ts';

const panels = ['keys', 'records', 'certificates'] as const;
const recorded = ['16c-tls12-ecdhe-rsa.pcapng', '16e-tls13-full.pcapng'];

const check = (run: Opened, us: number, turn: number): void => {
  for (const focus of panels)
    for (const [index, size] of sizesTried().entries()) {
      if (index % 4 !== turn % 4) continue;
      const language = index % 2 === 0 ? 'en' : 'zh';
      const glyphs = index % 7 === 0 ? asciiGlyphs : unicodeGlyphs;
      const own = {
        keys: {back: turn},
        certificates: {down: turn},
      };
      const eyes = turn % 2 === 0 ? 'ends' : 'eavesdropper';
      const canvas = canvasOf(run, playingAt(run, us, {language, focus, own, eyes, opened: [focus]}), {
        ...size,
        glyphs,
      });
      const lines = textOf(canvas);
      const where = `${focus} at ${us} µs, ${size.columns}×${size.rows}, ${language}\n${lines.join('\n')}`;
      expect(
        lines.filter((line) => textWidth(line) > size.columns),
        where,
      ).toEqual([]);
      expect(canvas.collisions, where).toBe(0);
    }
};

test.each(some(['full', 'early', 'retry', 'forged', 'rsa12'], 1))('%s', (name) => {
  const run = tlsRun(name);
  const {durationUs} = run.trace;
  for (const [turn, us] of [0, 100_000, 160_000, 210_000, 310_000, 20_110_000, durationUs].entries())
    check(run, Math.min(us, durationUs), turn);
});

test.each(some(recorded, 1))('%s', (name) => {
  const run = open({trace: openedTrace(name), source: name});
  check(run, run.trace.durationUs, 0);
  check(run, run.trace.durationUs, 1);
});
