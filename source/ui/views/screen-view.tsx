// Draws the present screen, and below it an error until the next key.

import {Box} from 'ink';
import type {Told} from '../../view/guarded.ts';
import type {AppState} from '../app-state.ts';
import {failedRows, lastResort} from '../failed-rows.ts';
import {withLight} from '../mouse.ts';
import {entriesOn, screenLines} from '../screen-lines.ts';
import type {Size} from '../screen-output.ts';
import {type ColourDepth, themeOf} from '../theme.ts';
import {Entries} from './entries.tsx';
import {Lines} from './lines.tsx';

type Props = {
  readonly state: AppState;
  readonly size: Size;
  readonly colours: ColourDepth;
  readonly told: Told;
};

export function ScreenView({state, size: whole, colours, told}: Props) {
  const theme = themeOf(state.preferences.theme, colours);
  if (state.undrawable !== undefined) return <Lines lines={lastResort(state, whole)} theme={theme} />;
  const below = failedRows(state, whole);
  const size = {...whole, rows: whole.rows - below.length};
  const lines = withLight(screenLines(state, size, told), state);
  const entries = entriesOn(state, size);
  const {from, to} = entries ?? {from: lines.length, to: lines.length};
  return (
    <Box flexDirection="column">
      <Lines lines={lines.slice(0, from)} theme={theme} />
      {entries && <Entries lines={lines.slice(from, to)} marked={entries.marked} theme={theme} />}
      <Lines lines={[...lines.slice(to), ...below]} theme={theme} />
    </Box>
  );
}
