// The waterfall in sentences: a request a line, then the totals.
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {phaseWords, waterfallTexts, waterfallWords} from '../../words/catalogue/waterfall.ts';
import {spokenSentence} from '../../words/spoken.ts';
import {totalsOf, type WaterfallRow, type WaterfallScene, waterfallScene} from '../http/waterfall.ts';
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
