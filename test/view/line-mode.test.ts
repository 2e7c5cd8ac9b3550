// Below 60×15: what `show` prints, without its columns, up to the instant on the screen and not a word further.

import {expect, test} from 'vitest';
import {transcript} from '../../source/tell/transcript/transcript.ts';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {at} from '../../source/view/time/pace.ts';
import {shell} from '../../source/words/written.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {canvasOf, open, started, textOf} from './player.ts';

const single = (text: string): string => text.trim().replace(/ +/g, ' ');

const handshake = allRuns().find(({name}) => name === 'handshake base') ?? expect.fail('no handshake');

test('every line of an instant stands in the transcript, in its order', () => {
  const trace = traceOf(handshake);
  const opened = open({trace});
  const told = [
    ...transcript(
      {
        trace,
        title: handshake.lesson.title,
        runName: undefined,
        beats: [],
        card: () => undefined,
        others: [],
        digest: undefined,
        playCommand: shell``,
      },
      {language: 'en', ascii: false},
    ),
  ].map(single);
  for (let moment = 1; moment < opened.pacing.moments; moment++) {
    const state = started({viewMs: at(opened.pacing.viewMs, moment)});
    const canvas = canvasOf(opened, state, {columns: 59, rows: 40, glyphs: unicodeGlyphs});
    const lines = textOf(canvas)
      .map(single)
      .filter((line) => line !== '');
    const events = lines.filter((line) => told.includes(line));
    const passed = told.filter((line) => /^\d/.test(line) && events.includes(line));
    expect(events).toEqual(passed);
    expect(lines.filter((line) => /^\d.* (client|server) /.test(line))).toEqual(events);
    expect(events.length).toBeGreaterThan(0);
    if (moment < 3) expect(lines.join('\n')).not.toContain('ESTABLISHED');
  }
});
