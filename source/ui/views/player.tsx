// The player: one instant as `present` composes it, a page over it, or two runs side by side.
import type {Glyphs} from '../../present/glyphs.ts';
import type {KeyHint} from '../../present/key-line.ts';
import {scene} from '../../present/scene.ts';
import {screen} from '../../present/screen.ts';
import type {AppState} from '../app-state.ts';
import {compareScreen, sheetOf} from '../overlay-screen.ts';
import type {PlayerState} from '../player.ts';
import type {Size} from '../screen-output.ts';
import type {Theme} from '../theme.ts';
import {Lines} from './lines.tsx';

type Props = {
  readonly player: PlayerState;
  readonly message: AppState['message'];
  readonly size: Size;
  readonly theme: Theme;
  readonly glyphs: Glyphs;
  readonly keyHints: readonly KeyHint[];
};

export function Player({player, message, size, theme, glyphs, keyHints}: Props) {
  const {run, context, playback, overlay} = player;
  const options = {...size, glyphs, keyHints};
  if (overlay?.kind === 'compare')
    return <Lines lines={compareScreen(player, overlay, options)} theme={theme} />;
  const shown = scene({...run, pacing: context.pacing, playback, message});
  return <Lines lines={screen(shown, {...options, sheet: sheetOf(player, glyphs)})} theme={theme} />;
}
