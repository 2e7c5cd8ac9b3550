// Pointing by its keys: z begins it, arrows lead on, enter tells more, and everything stays where it was.
import {expect, test} from 'vitest';
import {openCapture} from '../../source/io/capture.ts';
import {sameIn} from '../../source/lesson/text.ts';
import {playerLines, wordsOn} from '../../source/ui/player-screen.ts';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {stateSaid} from '../../source/ui/spoken-app.ts';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {setUp} from '../helpers/controlled.ts';
import {sharedData} from '../helpers/kept-lessons.ts';
import {handshakeRun} from '../helpers/render.ts';
import {some} from '../helpers/seeds.ts';
import {captureFolder} from '../wire/captures.ts';

const {glossary} = sharedData();
const reference = {glossary, card: () => undefined, lessonTitle: () => sameIn('')};

const withWords = (asks = false) => ({
  initial: {
    screen: 'player' as const,
    run: {...handshakeRun({asks}), reference},
  },
});

const pointedAt = (state: ReturnType<ReturnType<typeof setUp>['press']>) => {
  const overlay = state.player?.overlay;
  return overlay?.kind === 'pointing' ? overlay.point.text : undefined;
};

test('z points at a word, arrows at others, and q leads back to a run that has not moved', () => {
  const {press, context} = setUp(withWords());
  const before = press('G').player?.playback.viewMs;
  const first = pointedAt(press('z'));
  expect(context()).toBe('pointing');
  expect(first).toBeDefined();
  expect(pointedAt(press('right'))).not.toBeUndefined();
  press('up', 'up', 'up', 'up', 'up', 'up', 'up', 'up', 'up');
  expect(pointedAt(press('up'))).toMatch(/handshake|linux|RTT/);
  const after = press('q');
  expect(context()).toBe('player');
  expect(after.player?.playback.viewMs).toBe(before);
});

test('enter looks the word up; who hears sentences hears the word and what it is', () => {
  const {press, controller} = setUp(withWords());
  press('G', 'z');
  const word = pointedAt(controller.get()) ?? '';
  expect(stateSaid(controller.get())[0]?.toLowerCase()).toContain(word.toLowerCase());
  const {player} = press('enter');
  expect(player?.overlay).toBeUndefined();
  expect(player?.playback.focus).toBe('glossary');
  expect(player?.playback.own['glossary']).toMatchObject({entry: 0});
});

test('while a question is open it points and answers nothing', () => {
  const {press, context} = setUp(withWords(true));
  press('G');
  while (context() === 'player') press(']');
  expect(context()).toBe('question');
  press('z', 'b', 'c');
  expect(context()).toBe('pointing');
  expect(press('z').player?.playback.answers).toEqual({});
  expect(context()).toBe('question');
});

test.each([
  [80, 24],
  [120, 40],
])(
  // And esc stands in the key line.
  '%i × %i: a word looked up, the question stays',
  (columns, rows) => {
    const {press, context, controller} = setUp(withWords(true));
    press('G');
    while (context() === 'player') press(']');
    const size = {columns, rows};
    const seen = () =>
      screenLines(controller.get(), size, () => []).map((line) => line.map(({text}) => text).join(''));
    const asking = () => {
      const lines = seen();
      const at = lines.findIndex((line) => line.startsWith('  ? '));
      return lines.slice(at, at + 6);
    };
    const asked = asking();
    expect(asked.join('')).toContain('b   ');
    press('z', 'enter');
    expect(seen().some((line) => line.includes('── words'))).toBe(true);
    expect(asking()).toEqual(asked);
    expect(seen().at(-1)).toContain('esc close');
    press('escape');
    expect(seen().at(-1)).toContain('q back');
    press('z', 'enter', 'b');
    expect(seen().join('')).toMatch(/[✓✗] b/);
  },
);

test('where no words are known the key does nothing', () => {
  const {press, context} = setUp({initial: {screen: 'player', run: handshakeRun()}});
  press('z');
  expect(context()).toBe('player');
});

test('in another size the word that is marked stands in its sentence', () => {
  const {press} = setUp(withWords());
  press('G');
  const {player} = press('z');
  if (player?.overlay?.kind !== 'pointing') throw new Error('no word');
  const {point} = player.overlay;
  const look = {glyphs: unicodeGlyphs, keyHints: [], learner: undefined, message: undefined};
  for (const size of [
    {columns: 60, rows: 15},
    {columns: 80, rows: 24},
    {columns: 120, rows: 40},
  ]) {
    const text = (of: typeof player) =>
      playerLines({...look, size, player: of}).map((line) => line.map((span) => span.text).join(''));
    const marked = playerLines({...look, size, player}).findIndex((line) =>
      line.some(({text, selected}) => selected && text === point.text),
    );
    expect(marked).toBeGreaterThanOrEqual(0);
    expect(text(player)[marked]).toBe(text({...player, overlay: undefined})[marked]);
  }
});

/** What is told of it goes to the last columns that a story has. */
const wordyRun = () => {
  const run = handshakeRun({asks: false});
  const say = sameIn('SYN of one end, ACK of the other. '.repeat(9).trim());
  return {...run, reference, beats: run.beats.map((beat) => ({...beat, say}))};
};

const capturedRun = async () => {
  const capture = await openCapture(`${captureFolder}08h-rto-four-times.pcap`);
  if (!capture.ok) throw new Error('unreadable');
  const {trace} = capture.value;
  return {...handshakeRun(), reference, trace, beats: [], source: 'capture'};
};

/** A gap of two cells parts two texts of a row. */
const cutsNoText = (row: string, at: number): boolean =>
  [-2, -1, 0].some((by) => at + by < 0 || row.slice(at + by, at + by + 2).trim() === '');

test.each(
  ['told', 'captured'].flatMap((kind) =>
    [
      {columns: 60, rows: 15},
      {columns: 80, rows: 24},
      {columns: 120, rows: 40},
      {columns: 200, rows: 60},
    ].map((size) => ({kind, size})),
  ),
)(
  // Beside what a word is; below it are the timeline and the keys.
  '$kind, $size.columns × $size.rows: texts are whole',
  async ({kind, size}) => {
    const {press} = setUp({
      initial: {screen: 'player', run: kind === 'captured' ? await capturedRun() : wordyRun()},
    });
    press('G');
    const {player} = press('z');
    if (player?.overlay?.kind !== 'pointing') throw new Error('no word');
    const {overlay} = player;
    const look = {
      glyphs: unicodeGlyphs,
      keyHints: [{key: 'q', label: sameIn('back').en}],
      learner: undefined,
      message: undefined,
      size,
    };
    const rowsOf = (of: typeof player) =>
      playerLines({...look, player: of}).map((line) => line.map(({text}) => text).join(''));
    const before = rowsOf({...player, overlay: undefined});
    for (const point of some(wordsOn({player, size}), 8)) {
      const after = rowsOf({...player, overlay: {...overlay, point}});
      expect(after.slice(-3)).toEqual(before.slice(-3));
      for (const [index, row] of after.entries()) {
        const was = before[index] ?? '';
        if (row === was) continue;
        let seen = Math.max(row.length, was.length);
        while (row[seen - 1] === was[seen - 1]) seen--;
        const isSeen = was.slice(seen).trim() !== '';
        expect(isSeen && !cutsNoText(was, seen), `${point.text}: ${row}`).toBe(false);
      }
    }
  },
);
