// The help: every key of this part of the app, and the signs.
import type {Glyphs} from '../../present/glyphs.ts';
import {helpPages, helpScreen} from '../../present/help.ts';
import type {KeyHint} from '../../present/key-line.ts';
import type {AppState} from '../app-state.ts';
import {helpKeys, helpSections, pageSign} from '../key-hints.ts';
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
  const {screen} = state;
  const context = helpFor[screen === 'settings' ? 'menu' : screen === 'page' ? 'quiz' : screen][language];
  const options = {
    ...size,
    glyphs,
    language,
    context,
    keys: helpKeys(state),
    sections: helpSections(state),
    page: state.helpPage ?? 0,
    keyHints,
    findsWords: isPossible('lookUp', state.player),
  };
  // A key that turns pages stands in the line where there are pages to turn.
  const hints = helpPages(options) > 1 ? keyHints : keyHints.filter(({key}) => key !== pageSign(glyphs));
  return <Lines lines={helpScreen({...options, keyHints: hints})} theme={theme} />;
}
