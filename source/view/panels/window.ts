// Sequence space of both directions: what the windows let through, and what the receiver holds.

import {hasFlow} from '../../account/flow.ts';
import {windowTexts} from '../../words/catalogue/windows.ts';
import {definePanel} from '../panel.ts';
import {spokenWindows} from '../spoken/spoken-bars.ts';
import {hasStates} from '../view.ts';
import {putWindows} from '../windows/bars.ts';
import {windowScene} from '../windows/sequence-bars.ts';

export const windowPanel = definePanel({
  name: 'window',
  title: windowTexts.title,
  shows: /^(\w+\.)?(snd|rcv)\.wnd$/,
  isAvailable: (view) => hasStates(view) && hasFlow(view.input.trace),
  least: {columns: 34, rows: 6},
  best: {columns: 80, rows: 12},
  places: ['lower', 'side'],
  covers: 'picture',
  spoken: spokenWindows,
  put: (pane, view) => putWindows(pane, windowScene(view)),
});
