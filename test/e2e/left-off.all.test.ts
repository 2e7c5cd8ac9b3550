// The program is killed at random instants of a lesson: the next one stands at the same beat of the same run.
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {readPlaces} from '../../source/io/places-file.ts';
import type {LeftOff} from '../../source/quiz/left-off.ts';
import {openingWords} from '../../source/words/catalogue/opening.ts';
import {runs, seed} from '../helpers/seeds.ts';
import {terminals} from '../helpers/terminals.ts';

const start = terminals();
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-left-'));
});
afterAll(() => rmSync(folder, {recursive: true}));

/** What a moment of the lesson looks like, without what an open help or message adds. */
const timeline = /(\d+)\/(\d+)$|beat (\d+) of (\d+)/m;
const beatIn = (shown: string): string => (timeline.exec(shown)?.slice(1) ?? []).filter(Boolean).join('/');

/** A place is kept a little after each change; this long without a change there is none to come. */
const stillMs = 2000;
const left = async (file: string): Promise<LeftOff | undefined> => {
  for (let before = ''; ; ) {
    const now = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (now !== '' && now === before) return readPlaces(file).places.get('handshake');
    before = now;
    await wait(stillMs);
  }
};

test('killed, and found again', async () => {
  const file = join(folder, 'places.json');
  const options = {env: {PACKET_TUTOR_DATA: folder}};
  let before: LeftOff | undefined;
  let beat = '';
  let forks = 0;
  for (let nth = 0; nth < runs(3, 3); nth++) {
    const terminal = start(['play', 'handshake', '--motion', 'none'], options);
    await terminal.shows(openingWords.goals.en);
    if (beat !== '') await terminal.shows(`beat ${beat.replace('/', ' of ')}`);
    terminal.type(' ');
    await terminal.shows(timeline);
    if (before) {
      expect(beatIn(terminal.text())).toBe(beat);
      expect({...(await left(file)), atMs: 0}).toEqual({...before, atMs: 0});
    }
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) {
        terminal.type(key);
        await terminal.quiet();
      }
    };
    // A question is passed over; now and then it goes back, and makes a run of its own of the packet that stands there. Where none
    // does (a question is open, or nothing has been sent), the next beat is tried.
    const goesBack = nth % 4 === 1;
    for (let n = 0; n <= (seed + nth) % 3; n++) await press('s', goesBack ? '\x1b[D' : '\x1b[C');
    for (let tries = 0; goesBack && tries < 7; tries++) {
      await press('x');
      if (terminal.text().includes('lose it')) {
        await press('\r');
        break;
      }
      await press('s', '\x1b[C');
    }
    while (beatIn(terminal.text()) === '') {
      terminal.type('\x1b[D');
      await terminal.quiet();
    }
    before = await left(file);
    beat = beatIn(terminal.text());
    forks = Math.max(forks, before?.forks.length ?? 0);
    expect(`${before?.beat}/${before?.beats}`).toBe(beat);
    terminal.kill('SIGKILL');
    await terminal.ended();
  }
  expect(forks).toBeGreaterThan(0);
});
