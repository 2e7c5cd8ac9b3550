// Which screen is on top, and below it what has failed, until the next key.

import {Box} from 'ink';
import type {Told} from '../../view/guarded.ts';
import type {Mark} from '../app-keys.ts';
import type {AppState} from '../app-state.ts';
import {failedRows, lastResort} from '../failed-rows.ts';
import {keyHints} from '../key-hints.ts';
import {screenLines} from '../screen-lines.ts';
import type {Size} from '../screen-output.ts';
import {glyphsOf} from '../settings.ts';
import {type ColourDepth, themeOf} from '../theme.ts';
import {Lines} from './lines.tsx';
import {Menu} from './menu.tsx';
import {Settings} from './settings.tsx';

type Props = {
  readonly state: AppState;
  readonly size: Size;
  readonly colours: ColourDepth;
  readonly told: Told;
  readonly onMark: (row: Mark) => void;
  readonly onChoose: (row: Mark) => void;
};

export function ScreenView({state, size: whole, colours, told, onMark, onChoose}: Props) {
  const {preferences} = state;
  const theme = themeOf(preferences.theme, colours);
  if (state.undrawable !== undefined) return <Lines lines={lastResort(state, whole)} theme={theme} />;
  const below = failedRows(state, whole);
  const size = {...whole, rows: whole.rows - below.length};
  const lines = screenLines(state, size, told);
  const list = {
    ...{state, onMark, onChoose, size, theme},
    glyphs: glyphsOf(preferences),
    keyHints: keyHints(state, size),
  };
  return (
    <Box flexDirection="column">
      {lines !== undefined ? (
        <Lines lines={lines} theme={theme} />
      ) : state.screen === 'settings' ? (
        <Settings {...list} />
      ) : (
        <Menu {...list} />
      )}
      <Lines lines={below} theme={theme} />
    </Box>
  );
}
