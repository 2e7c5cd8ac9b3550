// The waterfall in sentences: a request a line, then the totals.
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {phaseWords, waterfallTexts} from '../../words/catalogue/waterfall.ts';
import {formatLength} from '../../words/format.ts';
import {ended} from '../../words/spoken.ts';
import {waterfallWords} from '../../words/waterfall.ts';
import {type WaterfallRow, type WaterfallScene, waterfallScene} from '../http/waterfall.ts';
import type {View} from '../view.ts';
import {sentence, spokenText} from './spoken-text.ts';

const whereOf = ({exchange: {on}, segments}: WaterfallRow, {number}: WaterfallScene, view: View): string => {
  const {spoken} = waterfallWords[view.language];
  if (on === undefined) return spoken.cached;
  return segments === undefined
    ? spoken.reused(on.connection)
    : spoken.opened(on.connection, number(segments));
};

const stateOf = (
  {failed, status, tookUs, bars, exchange: {on}}: WaterfallRow,
  scene: WaterfallScene,
  view: View,
): string => {
  const {spoken} = waterfallWords[view.language];
  if (failed) return spoken.failed;
  if (tookUs !== undefined) {
    const hidden = scene.number(tookUs) === '?' || scene.number(tookUs / 1000) === '?';
    return on ? spoken.done(status, hidden ? '?' : formatLength(tookUs)) : status;
  }
  const last = bars.at(-1);
  return last ? spoken.waits(phaseWords[last.kind][view.language]) : '';
};

export const spokenWaterfall = (view: View): readonly string[] => {
  const {language} = view;
  const scene = waterfallScene(view);
  if (scene.rows.length === 0) return [waterfallTexts.none[language]];
  const words = waterfallWords[language];
  const comma = punctuation.comma[language];
  const lines = scene.rows.map((row) =>
    [words.spoken.row(row.name, whereOf(row, scene, view)), stateOf(row, scene, view)]
      .filter((part) => part !== '')
      .join(comma),
  );
  const {requests, connections, segments, elapsedUs, number} = scene;
  const time = number(elapsedUs / 1000) === '?' ? '?' : formatLength(elapsedUs);
  const totals = words.totals(number(requests), number(connections), number(segments), time).join(comma);
  return [...lines, totals].map((line) => ended(sentence(spokenText(line, language), language), language));
};
