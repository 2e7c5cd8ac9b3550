// The help: every key of this part of the app, and the signs.
import type {Glyphs} from '../../present/glyphs.ts';
import {helpScreen} from '../../present/help.ts';
import type {KeyHint} from '../../present/key-line.ts';
import type {AppState} from '../app-state.ts';
import {helpKeys} from '../key-hints.ts';
import {isPossible} from '../player.ts';
import type {Size} from '../screen-output.ts';
import type {Theme} from '../theme.ts';
import {helpFor} from '../words.ts';
import {Lines} from './lines.tsx';

type Props = {
  readonly state: AppState;
  readonly size: Size;
  readonly theme: Theme;
  readonly glyphs: Glyphs;
  readonly keyHints: readonly KeyHint[];
};

export function Help({state, size, theme, glyphs, keyHints}: Props) {
  const {language} = state.preferences;
  const context = helpFor[state.screen === 'player' ? 'player' : 'menu'][language];
  const lines = helpScreen({
    ...size,
    glyphs,
    language,
    context,
    keys: helpKeys(state),
    keyHints,
    findsWords: isPossible('lookUp', state.player),
  });
  return <Lines lines={lines} theme={theme} />;
}
