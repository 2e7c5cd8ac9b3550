// The player's rows at one instant: as `present` composes it, with a page over it, or two runs side by side.
import type {Glyphs} from '../view/glyphs.ts';
import type {Told} from '../view/guarded.ts';
import type {KeyHint} from '../view/key-line.ts';
import {openingScreen} from '../view/opening/opening-screen.ts';
import {scene} from '../view/scene.ts';
import {screen} from '../view/screen.ts';
import type {Line} from '../view/span.ts';
import type {AppState} from './app-state.ts';
import {compareScreen, sheetOf} from './overlay-screen.ts';
import type {PlayerState} from './player.ts';
import type {Size} from './screen-output.ts';

export type PlayerLook = {
  readonly player: PlayerState;
  readonly message: AppState['message'];
  readonly size: Size;
  readonly glyphs: Glyphs;
  readonly keyHints: readonly KeyHint[];
  /** Whether the learner has gone through that lesson. */
  isDone(lesson: string): boolean | undefined;
  /** What stands in the place of a panel that throws; absent: nothing does, it throws. */
  readonly told?: Told | undefined;
};

export function playerLines({
  player,
  message,
  size,
  glyphs,
  keyHints,
  isDone,
  told,
}: PlayerLook): readonly Line[] {
  const {run, context, playback, overlay} = player;
  const options = {...size, glyphs, keyHints};
  if (overlay?.kind === 'opening' && run.opening !== undefined)
    return openingScreen(run.opening, {...options, language: playback.language, isDone});
  if (overlay?.kind === 'compare') return compareScreen(player, overlay, options);
  const shown = scene({...run, pacing: context.pacing, playback, message, told});
  return screen(shown, {...options, sheet: sheetOf(player, glyphs)});
}
