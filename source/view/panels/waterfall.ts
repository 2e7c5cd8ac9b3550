// Requests over connections and time: what each waited for, and what all of them cost.

import {panelsWaterfallSentences} from '../../words/catalogue/panels.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {phaseWords, waterfallTexts, waterfallWords} from '../../words/catalogue/waterfall.ts';
import {spokenSentence} from '../../words/spoken.ts';
import {
  hasExchanges,
  totalsOf,
  type WaterfallRow,
  type WaterfallScene,
  waterfallScene,
} from '../http/waterfall.ts';
import {putWaterfall} from '../http/waterfall-drawing.ts';
import {definePanel, type PanelMove, upDownKeys, wayOf} from '../panel.ts';
import {at} from '../time/pace.ts';
import type {View} from '../view.ts';

const whereOf = (row: WaterfallRow, {number}: WaterfallScene, {language}: View): string => {
  const {on} = row.exchange;
  if (on === undefined) return waterfallWords.spoken.cached[language];
  const {segments, unit} = row;
  if (segments === undefined) return waterfallWords.spoken.reused[language]({connection: on.connection});
  const sent = waterfallWords.segments[language]({segments: number(segments), unit});
  return waterfallWords.spoken.opened[language]({connection: on.connection, sent});
};

const stateOf = (
  {failed, status, tookUs, bars, exchange: {on}}: WaterfallRow,
  scene: WaterfallScene,
  view: View,
): string => {
  if (failed) return waterfallWords.spoken.failed[view.language];
  if (tookUs !== undefined)
    return on ? waterfallWords.spoken.done[view.language]({status, time: scene.time(tookUs)}) : status;
  const last = bars.at(-1);
  return last
    ? waterfallWords.spoken.waits[view.language]({phase: phaseWords[last.kind][view.language]})
    : '';
};

/** A request a line, then the totals. */
export const spokenWaterfall = (view: View): readonly string[] => {
  const {language} = view;
  const scene = waterfallScene(view);
  if (scene.exchanges.length === 0) return [waterfallTexts.none[language]];
  const comma = punctuation.comma[language];
  const lines = scene.exchanges
    .map(scene.rowOf)
    .map((row) =>
      [
        waterfallWords.spoken.row[language]({name: row.name, where: whereOf(row, scene, view)}),
        stateOf(row, scene, view),
      ]
        .filter((part) => part !== '')
        .join(comma),
    );
  const totals = totalsOf(scene, language).join(comma);
  return [...lines, totals].map((line) => spokenSentence(line, language));
};

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
