// What a lesson has not told yet is not what the hosts lack: neither a panel nor a sentence says that there is no connection.
import {expect, test} from 'vitest';
import {playerLines} from '../../source/ui/player-screen.ts';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {spokenEndpoints} from '../../source/view/spoken/spoken-rows.ts';
import {viewOf} from '../../source/view/view.ts';
import {playerTexts} from '../../source/words/catalogue/player.ts';
import {setUp} from '../helpers/controlled.ts';
import {openedLesson} from '../helpers/lesson-walk.ts';

const look = {glyphs: unicodeGlyphs, keyHints: [], learner: undefined, message: undefined};

test.each([
  ['first-packet', playerTexts.untoldValues.en],
  ['https-tls13', 'SYN-SENT'],
])('%s at the SYN: untold', async (id, told) => {
  const {press} = setUp({initial: {screen: 'player', run: await openedLesson(id)}});
  const {player} = press('space', ']');
  if (player === undefined) throw new Error('no player');
  const {run, context, playback} = player;
  const panel = {...player, playback: {...playback, focus: 'endpoints'}} as typeof player;
  const size = {columns: 80, rows: 24};
  const shown = playerLines({...look, size, player: panel}).map((line) =>
    line.map((span) => span.text).join(''),
  );
  expect(shown.join('\n')).toContain(told);
  const said = spokenEndpoints(viewOf({...run, pacing: context.pacing, playback, message: undefined}));
  expect(said.join('\n').toLowerCase()).toContain(told.toLowerCase());
  expect([...shown, ...said].join('\n')).not.toMatch(/no (connection|record)/);
});
