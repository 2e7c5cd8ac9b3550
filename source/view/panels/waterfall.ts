// Requests over connections and time: what each waited for, and what all of them cost.

import {panelsWaterfallSentences} from '../../words/catalogue/panels.ts';
import {waterfallTexts} from '../../words/catalogue/waterfall.ts';
import {hasExchanges, waterfallScene} from '../http/waterfall.ts';
import {putWaterfall} from '../http/waterfall-drawing.ts';
import {definePanel, type PanelMove, upDownKeys, wayOf} from '../panel.ts';
import {spokenWaterfall} from '../spoken/spoken-waterfall.ts';
import {at} from '../time/pace.ts';
import type {View} from '../view.ts';

/** To the first packet of the request above or below. */
const moved = (view: View, by: 1 | -1): PanelMove<undefined> | undefined => {
  const {exchanges, chosen} = waterfallScene(view);
  const newest = at(view.input.pacing.sent, view.moment);
  const asked = exchanges.filter(({packets}) => packets.length > 0 && (packets[0] ?? 0) <= newest);
  const own = exchanges[chosen];
  const selected = own ? asked.indexOf(own) : -1;
  const from = selected < 0 ? asked.length - (by < 0 ? 0 : 1) : selected;
  const packet = asked[from + by]?.packets[0];
  return packet === undefined ? undefined : {selection: {packet}};
};

export const waterfallPanel = definePanel({
  name: 'waterfall',
  title: waterfallTexts.title,
  keys: [upDownKeys(panelsWaterfallSentences.waterfallPanel.keys['↑↓'].label)],
  command: (view, _own, command) => moved(view, wayOf(command)),
  shows: /^http\.(time|request\.line)$/,
  isAvailable: hasExchanges,
  leads: hasExchanges,
  least: {columns: 60, rows: 5},
  best: {columns: 110, rows: 14},
  places: ['lower'],
  covers: 'picture',
  spoken: spokenWaterfall,
  put: (pane, view) => putWaterfall(pane, waterfallScene(view)),
});
