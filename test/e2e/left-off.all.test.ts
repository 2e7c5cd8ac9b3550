// The program is killed at random instants of a lesson: the next one stands at the same beat of the same run.
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {readPlaces} from '../../source/io/places-file.ts';
import {runs, seed} from '../helpers/seeds.ts';
import {terminals} from '../helpers/terminals.ts';

const start = terminals();
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-left-'));
});
afterAll(() => rmSync(folder, {recursive: true}));

/** What a moment of the lesson looks like, without what an open help or message adds. */
const timeline = /(\d+)\/(\d+)$/m;

test('killed, and found again', async () => {
  const file = join(folder, 'places.json');
  const options = {env: {PACKET_TUTOR_DATA: folder}};
  let beat = '';
  for (let nth = 0; nth < runs(3, 3); nth++) {
    const terminal = start(['play', 'handshake', '--motion', 'none'], options);
    await terminal.shows('You will be able to');
    if (beat !== '') await terminal.shows(`beat ${beat.replace('/', ' of ')}`);
    terminal.type(' ');
    await terminal.shows(timeline);
    if (beat !== '') expect(timeline.exec(terminal.text())?.[0]).toBe(beat);
    const pressed = 1 + ((seed + nth) % 3);
    for (let n = 0; n < pressed; n++) {
      // A question is passed over, a run of one's own made of what stands before it.
      for (const key of ['s', '\x1b[C', ...(nth === 1 ? ['x', '\r'] : [])]) {
        terminal.type(key);
        await terminal.quiet();
      }
    }
    const shown = timeline.exec(terminal.text())?.[0] ?? '';
    const [, at] = timeline.exec(shown) ?? [];
    await expect.poll(() => readPlaces(file).places.get('handshake')?.beat).toBe(Number(at));
    terminal.kill('SIGKILL');
    await terminal.ended();
    beat = shown;
  }
  expect(beat).toMatch(timeline);
});
