// Draws the timeline, which is linear in viewing time: what has happened and the present place, but nothing that is still to come.

import {timeTimelineSentences} from '../../words/catalogue/panels.ts';
import {fineColumns, formatClock} from '../../words/format.ts';
import {repeated, textWidth} from '../../words/width.ts';
import {accent, type Canvas, muted, type Piece, plain, type Style, strong} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import {type Layout, layoutOf, type Size} from '../layout.ts';
import type {Scene} from '../scene.ts';
import type {View} from '../view.ts';
import {at} from './pace.ts';

type Track = {readonly row: number; readonly start: number; readonly end: number; readonly begin: string};

/**
 * Returns the row and the columns of the timeline. The clock at its end has from the beginning as much room as the run's last time needs.
 */
const trackOf = ({input}: View, {size, kind, timelineRow}: Layout): Track => {
  const lastUs = at(input.pacing.atUs, input.pacing.moments - 1);
  const columns = size.columns - (fineColumns(lastUs) - fineColumns(0));
  const firstUs = at(input.pacing.atUs, 0);
  const begin = firstUs < 0 ? formatClock(firstUs) : '0';
  const shift = textWidth(begin) - 1;
  if (kind === 'small') return {row: timelineRow, start: 4 + shift, end: columns - 10, begin};
  return {row: timelineRow, start: 6 + shift, end: columns - (size.columns >= 120 ? 24 : 18), begin};
};

/** Returns where a screen column is on the timeline, as a share from 0 to 1. */
export const shareAt = (view: View, size: Size, column: number): number => {
  const {start, end} = trackOf(view, layoutOf(size, view.language));
  return Math.max(0, Math.min(1, (column - start) / Math.max(1, end - start)));
};

const beatText = ({beat, language}: Scene, long: boolean): string => {
  if (beat.total === 0) return '';
  if (!long) return `${beat.number}/${beat.total}`;
  return timeTimelineSentences.beat[language]({number: beat.number, total: beat.total});
};

const done: Style = {role: 'accent'};

const markCells = (scene: Scene, glyphs: Glyphs, track: Track): Map<number, Piece> => {
  const cells = new Map<number, Piece>();
  const columnOf = (share: number): number => track.start + Math.floor(share * (track.end - track.start));
  const ranks = ['beat', 'state', 'again', 'lost', 'selected'] as const;
  const signs = {
    beat: {text: glyphs.beat, style: done},
    state: {text: glyphs.changed, style: done},
    again: {text: glyphs.again === '↺' ? glyphs.again : 'r', style: {role: 'warning'}},
    lost: {text: glyphs.lost, style: {role: 'warning'}},
    selected: {text: glyphs.selected, style: accent},
  } as const;
  for (const mark of scene.timeline.marks) {
    if (mark.kind !== 'gap') continue;
    const [from, to] = [columnOf(mark.share), columnOf(mark.end)];
    const text = `${glyphs.gapTimeline} ${mark.length} ${glyphs.gapTimeline}`;
    const room = to - from - 1;
    const fits = textWidth(text) <= room;
    const shown = fits ? text : repeated(glyphs.gapTimeline.charAt(0), room);
    const start = from + 1 + Math.floor((room - shown.length) / 2);
    for (const [index, sign] of [...shown].entries())
      cells.set(start + index, {text: sign, style: {role: 'muted'}});
  }
  for (const rank of ranks)
    for (const mark of scene.timeline.marks)
      if (mark.kind === rank) cells.set(columnOf(mark.share), signs[rank]);
  return cells;
};

const bookmarkColumns = (scene: Scene, {start, end}: Track): ReadonlySet<number> =>
  new Set(
    scene.timeline.marks.flatMap((mark) =>
      mark.kind === 'bookmark' ? [start + Math.floor(mark.share * (end - start))] : [],
    ),
  );

/**
 * Returns the sign for the player's place on the timeline: that of an open question, or of a bookmark if one is set there, or else the
 * usual one.
 */
const cursorSign = ({timeline: {marks, question}}: Scene, glyphs: Glyphs): string => {
  if (question) return glyphs.question;
  return marks.some((mark) => mark.kind === 'bookmark' && mark.here) ? glyphs.bookmark : glyphs.cursor;
};

export const putTimeline = (
  canvas: Canvas,
  scene: Scene,
  options: {layout: Layout; glyphs: Glyphs},
): void => {
  const {layout, glyphs} = options;
  const track = trackOf(scene.view, layout);
  const {row, start, end, begin} = track;
  const cursor = start + Math.floor(scene.timeline.share * (end - start));
  const marks = markCells(scene, glyphs, track);
  const bookmarks = bookmarkColumns(scene, track);
  const focused = scene.view.input.playback.focus === 'timeline';
  const beginAt = start - 1 - textWidth(begin);
  if (focused) canvas.put(row, Math.max(1, beginAt - 2), glyphs.selected, accent);
  canvas.put(row, beginAt, plainText(begin, glyphs), focused ? accent : muted);
  for (let column = start; column <= end; column++) {
    const mark = column < cursor ? marks.get(column) : undefined;
    if (column === cursor) canvas.put(row, column, cursorSign(scene, glyphs), accent);
    else if (bookmarks.has(column)) canvas.put(row, column, glyphs.bookmark, strong);
    else if (mark) canvas.put(row, column, mark.text, mark.style);
    else if (column === end) canvas.put(row, column, glyphs.end, muted);
    else if (column < cursor) canvas.put(row, column, glyphs.passed, done);
    else canvas.put(row, column, glyphs.coming, muted);
  }
  canvas.put(row, end + 2, scene.now, focused ? accent : plain);
  if (layout.kind === 'small') return;
  canvas.putEnd(row, layout.size.columns - 1, beatText(scene, layout.size.columns >= 120), muted);
};
