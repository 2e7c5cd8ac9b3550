// The player.
import {type PlayerLook, playerLines} from '../player-screen.ts';
import type {Theme} from '../theme.ts';
import {Lines} from './lines.tsx';

export function Player({theme, ...look}: PlayerLook & {readonly theme: Theme}) {
  return <Lines lines={playerLines(look)} theme={theme} />;
}
