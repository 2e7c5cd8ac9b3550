// Pointing by its keys: z begins it, arrows lead on, enter tells more, and everything stays where it was.
import {expect, test} from 'vitest';
import {sameIn} from '../../source/lesson/text.ts';
import {playerLines} from '../../source/ui/player-screen.ts';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {stateSaid} from '../../source/ui/spoken-app.ts';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {setUp} from '../helpers/controlled.ts';
import {sharedData} from '../helpers/kept-lessons.ts';
import {handshakeRun} from '../helpers/render.ts';

const {glossary} = sharedData();

const withWords = (asks = false) => ({
  initial: {
    screen: 'player' as const,
    run: {
      ...handshakeRun({asks}),
      reference: {glossary, card: () => undefined, lessonTitle: () => sameIn('')},
    },
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
  'at %i × %i a word that is looked up leaves the question where it was, and esc in the key line',
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
