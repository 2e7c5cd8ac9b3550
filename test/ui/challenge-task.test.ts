// The page that begins a challenge: however much may be changed, the task is on the screen.
import {expect, test} from 'vitest';
import {openLesson} from '../../source/app/open-lesson.ts';
import {playable} from '../../source/app/playable.ts';
import {compiledLesson, lessonData} from '../../source/io/lessons.ts';
import {playerLines} from '../../source/ui/player-screen.ts';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {languages} from '../../source/words/catalogue/language.ts';
import {setUp} from '../helpers/controlled.ts';

/** Those with the longest lists of settings. */
const long = ['fewest-round-trips', 'connected-unheard', 'double-rate', 'five-small-files', 'server-alert'];
const sizes = [
  {columns: 80, rows: 24},
  {columns: 60, rows: 15},
  {columns: 120, rows: 40},
];

test.each(long)('%s: the task is on its page whole, in every language and at every size', async (id) => {
  const lesson = compiledLesson(id);
  if (lesson === undefined) throw new Error('no such challenge');
  const result = await openLesson(lesson);
  if (!result.ok) throw new Error(result.error.what.en);
  const {controller} = setUp({initial: {screen: 'player', run: playable(result.value, lessonData())}});
  const {player} = controller.get();
  if (player === undefined) throw new Error('no player');
  expect(player.overlay?.kind).toBe('opening');
  for (const language of languages)
    for (const size of sizes) {
      const shown = {...player, playback: {...player.playback, language}};
      const drawn = {size, glyphs: unicodeGlyphs, keyHints: [], learner: undefined, message: undefined};
      const page = playerLines({...drawn, player: shown}).map((line) => line.map(({text}) => text).join(''));
      const words = (text: string): string => text.replaceAll(/\s/g, '');
      expect(words(page.join(''))).toContain(words(lesson.challenge?.task?.[language] ?? '?'));
    }
});
