// Draws one instant of the player as a whole screen: exactly `rows` lines, none wider than `columns`.

import {worded} from '../lesson/text.ts';
import {panelPart} from '../words/catalogue/failed.ts';
import {cut, cutStart, textWidth, wrap} from '../words/width.ts';
import {terminal} from '../words/written.ts';
import {type Arrangement, arrange, focusedOf, hasOneSide, isTooSmall, spreads} from './arrange.ts';
import {Canvas, type Style} from './canvas.ts';
import {putSheet, type Sheet, sheetRows} from './forks/sheet.ts';
import {type Glyphs, plainText} from './glyphs.ts';
import {guarded} from './guarded.ts';
import {fittedLabel, fromIsn} from './ladder/flight.ts';
import {putHeads} from './ladder/heads.ts';
import {isCut, putLadder} from './ladder/ladder.ts';
import type {LadderPlan} from './ladder/picture.ts';
import {labelColumns, planOf} from './ladder/plan.ts';
import {type Layout, layoutOf, type Region, type Size, usualSpread} from './layout.ts';
import {putLines} from './line-mode.ts';
import {noteLines, noteRowOver, putNoteAbove} from './note.ts';
import {type PageFrame, putKeyLine} from './page-frame.ts';
import {Pane} from './pane.ts';
import type {Panel} from './panel.ts';
import type {Scene} from './scene.ts';
import type {Line} from './span.ts';
import {putStory, type StoryPlace, storySpan} from './story/narration.ts';
import {putTimeline} from './time/timeline.ts';
import {putTitle} from './title.ts';
import type {Why} from './why/scene-why.ts';
import {putWhy, whyRows} from './why/why.ts';

export type ScreenOptions = PageFrame & {
  /** Returns the page that is open over the player, for a number of columns, drawn where *Why?* would be; undefined if none is open. */
  readonly sheet?: ((columns: number) => Sheet) | undefined;
};

/** A scene with its layout and the panels' places, which decide where the parts of the screen are drawn. */
type Drawn = {
  readonly scene: Scene;
  readonly layout: Layout;
  readonly arrangement: Arrangement;
  readonly glyphs: Glyphs;
};

type Body = Drawn & {
  readonly canvas: Canvas;
  readonly sheet: ScreenOptions['sheet'];
};

/** Returns the plan of the ladder down to row `bottom`. The ladder ends before a panel at its side, otherwise at the edge of the screen. */
const ladderPlan = ({scene, layout, arrangement}: Omit<Drawn, 'glyphs'>, bottom: number): LadderPlan => {
  const side = layout.slots.find(({place}) => place === 'side')?.region;
  const taken = side && arrangement.placed.some(({region}) => region.column === side.column);
  const last = taken ? side.column - 3 : layout.size.columns - 1;
  return planOf(scene, layout, {last, bottom});
};

/** Tells whether TCP's sequence numbers are relative: the reader wants it, or a packet's label on the ladder fits only so. */
const isRelative = (body: Body): boolean => {
  const {scene, layout, glyphs} = body;
  const room = labelColumns(scene, ladderPlan(body, layout.ladder.bottom));
  return (
    scene.relative ||
    scene.ladder.items.some((item) => item.kind === 'packet' && fittedLabel(item, room, glyphs).relative)
  );
};

const evened = (body: Body): Body => {
  const {scene} = body;
  const items = scene.ladder.items.map((item) => (item.kind === 'packet' ? fromIsn(item) : item));
  return {...body, scene: {...scene, ladder: {...scene.ladder, items}}};
};

/** Draws the ladder and the heads of its lifelines, down to row `bottom`; nothing if there are too few rows. */
const putPicture = (body: Body, bottom: number): void => {
  const {canvas, scene, layout, glyphs} = body;
  const small = layout.kind === 'small';
  const plan = ladderPlan(body, bottom);
  const {hasEnds, addresses, top} = plan;
  if (bottom - top < (hasEnds && !small ? 2 : 1)) return;
  const nameRow = layout.ladderTop - (small ? 1 : 2);
  putHeads({canvas, scene, plan, glyphs, small, addresses, nameRow, top});
  putLadder({canvas, scene, plan, glyphs});
};

/** Draws the ladder of a scene alone, as much as fits into rows `from` to `to` of a page. */
export const putRun = (
  canvas: Canvas,
  scene: Scene,
  {glyphs, from, to}: {readonly glyphs: Glyphs; readonly from: number; readonly to: number},
): void => {
  const size = {columns: canvas.columns, rows: canvas.rows};
  const spread = {...usualSpread, across: true, low: true};
  const layout = layoutOf(size, scene.language, spread);
  const moved = {...layout, ladderTop: from + 2, ladder: {...layout.ladder, bottom: to}};
  const arrangement = {placed: [], instead: undefined, spread};
  putPicture({canvas, scene, layout: moved, arrangement, glyphs, sheet: undefined}, to);
};

const paneFor = (
  {canvas, scene: {language, view}, glyphs}: Pick<Body, 'canvas' | 'scene' | 'glyphs'>,
  region: Region,
  focused = true,
): Pane => new Pane(canvas, {region, glyphs, language, focused, called: view.called});

const putPanel = (body: Body, panel: Panel, region: Region): void => {
  const {canvas, scene, glyphs} = body;
  const {view} = scene;
  const {told, playback} = view.input;
  const pane = paneFor(body, region, playback.focus === panel.name);
  const put = (): void => panel.put(pane, view, playback.own[panel.name] ?? panel.start);
  if (told === undefined) {
    put();
    return;
  }
  guarded(
    () => canvas.whole(put),
    (error) => {
      const lines = told(worded(panelPart, {title: panel.title}), error).flatMap((each) =>
        wrap(terminal.text(each), region.columns),
      );
      for (const [index, line] of lines.slice(0, region.rows).entries())
        canvas.put(region.row + index, region.column, plainText(line, glyphs), {role: 'warning'});
    },
  );
};

const lastRow = ({row, rows}: Region): number => row + rows - 1;

/** Draws the panels down to row `end`, but none in the region `not`. Panels below a reply begin at `free`, the rows that it leaves. */
const putPanels = (
  body: Body,
  options: {end: number; not?: Region; free?: {row: number; end: number} | undefined},
): void => {
  const {free} = options;
  for (const {panel, region: planned} of body.arrangement.placed) {
    // A panel's region is recognised by its row and column, because each layout makes new objects.
    if (planned.row === options.not?.row && planned.column === options.not.column) continue;
    const down = free && planned.row > options.end ? Math.max(0, free.row - planned.row) : 0;
    const region = {...planned, row: planned.row + down, rows: planned.rows - down};
    const end = free && region.row >= free.row ? free.end : options.end;
    const rows = Math.min(lastRow(region), end) - region.row + 1;
    if (rows >= Math.min(panel.least.rows, planned.rows)) putPanel(body, panel, {...region, rows});
  }
};

/** Returns the number of rows between the ladder and *Why?* below it: two lines of narration, if there is any, and empty rows. */
const aboveWhy = ({narrationLines}: Layout): number => (narrationLines === 0 ? 2 : 6);

/** Returns the region of *Why?*. Below a ladder it takes only the rows that it needs, so that the narration above can stay. */
const whyPlace = (body: Body, why: Why | undefined): Region => {
  const {layout, glyphs, scene, sheet} = body;
  const {why: region, kind, slots, ladder} = layout;
  const isBelow = kind === 'large' && !slots.some((slot) => slot.region === region);
  if (!isBelow) return region;
  const taken = sheet
    ? sheetRows(sheet(region.columns), paneFor(body, region))
    : why && whyRows(why, {region, glyphs, language: scene.language});
  const spare = region.rows - (taken ?? region.rows);
  const given = Math.max(0, Math.min(spare, ladder.bottom + aboveWhy(layout) - region.row));
  return {...region, row: region.row + given, rows: region.rows - given};
};

/** Draws *Why?* or an open page: in place of the second panel at the right, or below a shorter ladder, or over the whole body. */
const putWhyBody = (body: Body, why: Why | undefined): void => {
  const {canvas, scene, layout, glyphs, sheet} = body;
  const {story, language, view} = scene;
  const place = whyPlace(body, why);
  if (sheet) putSheet(paneFor(body, place), sheet(place.columns));
  else if (why) putWhy(canvas, why, {region: place, glyphs, language});
  if (layout.slots.some(({region}) => region === layout.why)) {
    putPicture(body, layout.ladder.bottom);
    putPanels(body, {end: layout.timelineRow - 2, not: layout.why});
    putStory(canvas, scene, {layout, glyphs});
    return;
  }
  if (layout.kind !== 'large' || view.input.playback.typing) return;
  const {row: top} = place;
  putPicture(body, top - aboveWhy(layout));
  putPanels(body, {end: top - Math.min(4, aboveWhy(layout))});
  const narration = {...layout.narration, row: top - 3, rows: 2};
  if (story.kind === 'narration')
    putStory(
      canvas,
      {...scene, story: {...story, note: undefined}},
      {layout: {...layout, kind: 'small', narration}, glyphs},
    );
};

const hasBest = ({columns, rows}: Region, {best}: Panel): boolean =>
  columns >= best.columns && rows >= best.rows;

/**
 * Returns the region, larger than the ladder's place, that the focused panel covers; undefined if the ladder's place is enough for the
 * panel, or if the question or narration must stay visible.
 */
const coverOf = (panel: Panel | undefined, {scene, layout, glyphs}: Body): Region | undefined => {
  if (!panel?.covers || panel.covers === 'picture') return undefined;
  if (panel.covers === 'spread' && scene.view.input.beats.length > 0) return undefined;
  const asks = scene.story.kind === 'question' ? storySpan(scene, {layout, glyphs})?.top : undefined;
  if (panel.covers === 'body' && asks !== undefined && asks - layout.picture.row > panel.least.rows + 1)
    return undefined;
  if (hasBest(pictureOf(panel, layout), panel)) return undefined;
  const {body, size} = layout;
  return panel.covers === 'screen'
    ? {row: 1, rows: size.rows - 1, column: 2, columns: size.columns - 3}
    : body;
};

/** Returns the region of a panel that replaces the ladder; one that may spread also gets the place beside it if there is only one. */
const pictureOf = (panel: Panel, {picture, slots, size}: Layout): Region =>
  spreads(panel) && hasOneSide(slots) ? {...picture, columns: size.columns - picture.column} : picture;

/** The least number of rows for a ladder: names, states, the numbers of hidden packets, and three packets. */
const leastPicture = 7;

/** Draws a panel that replaces the ladder. If the panel leaves enough rows, the ladder is drawn in them. */
const putInstead = (body: Body, panel: Panel, bottom: number): void => {
  const {canvas, layout} = body;
  const region = pictureOf(panel, layout);
  const rows = bottom - region.row + 1;
  if (rows < panel.least.rows && rows < region.rows) return;
  putPanel(body, panel, {...region, rows});
  const last = canvas.lastWritten({...region, rows});
  if (layout.kind !== 'large' || last === undefined || bottom - last - 1 < leastPicture) return;
  const ladderTop = layout.ladderTop + last + 2 - region.row;
  const below = {...layout, ladderTop, ladder: {...layout.ladder, compact: true}};
  putPicture({...body, layout: below}, bottom);
};

/** The rows below a question that are reserved for its hint and the reply to a wrong first try, so that they do not move it. */
const laterRows = 3;

/** Returns the rows that a question or reply takes, with those that a question may still need for a hint and a second try. */
const rowsAsked = (body: Pick<Drawn, 'scene' | 'layout' | 'glyphs'>): number => {
  const {scene, layout, glyphs} = body;
  const {story} = scene;
  const before = story.kind === 'reply' ? rowsAsked({...body, scene: {...scene, story: story.asked}}) : 0;
  const isQuestion = story.kind === 'question';
  const plain = isQuestion ? {...story, hint: undefined, again: undefined} : story;
  const {top, last} = storySpan({...scene, story: plain}, {layout, glyphs}) ?? {top: 1, last: 0};
  const tried = isQuestion && story.again !== undefined ? 1 : 0;
  return Math.max(before, last - top + 1 + (isQuestion ? laterRows + tried : 0));
};

/** Returns the number of free rows below the ladder: one blank row and, before the first narration, the rows of the narration. */
const freeAbove = ({scene: {story}, layout}: Drawn): number =>
  story.kind === 'narration' && story.text === '' ? 1 + layout.narrationLines : 1;

/** Returns how many of the free rows below the ladder the ladder gets: as many as it needs to show all packets. */
const spareRows = (body: Drawn): number => {
  const {scene, layout, arrangement} = body;
  const {kind} = scene.story;
  if (layout.kind !== 'large' || kind === 'ending') return 0;
  const {timelineRow, narration, ladder} = layout;
  const free = kind === 'narration' ? freeAbove(body) : timelineRow - 1 - rowsAsked(body) - narration.row;
  // A panel that replaces the ladder is drawn before it is known how many rows it leaves, so a question or reply leaves it all free rows.
  if (arrangement.instead) return kind === 'narration' ? 0 : Math.max(0, free);
  const lacking = (rows: number): boolean => isCut(scene, ladderPlan(body, ladder.bottom + rows));
  if (free <= 0 || !lacking(0)) return 0;
  for (let rows = 1; rows < free; rows++) if (!lacking(rows)) return rows;
  return free;
};

/** Returns the layout with the narration moved down by `rows`. */
const lowered = (layout: Layout, rows: number): Layout => ({
  ...layout,
  narration: {...layout.narration, row: layout.narration.row + rows},
});

/** Returns the arrangement with `more` rows for the panels beside the ladder. */
const deepened = ({placed, ...others}: Arrangement, {picture}: Layout, more: number): Arrangement => ({
  ...others,
  placed: placed.map(({panel, region}) =>
    region.row === picture.row ? {panel, region: {...region, rows: region.rows + more}} : {panel, region},
  ),
});

const putBody = (whole: Body): void => {
  const more = whole.sheet ? 0 : spareRows(whole);
  const body = {
    ...whole,
    layout: whole.scene.story.kind === 'narration' ? whole.layout : lowered(whole.layout, more),
    arrangement: deepened(whole.arrangement, whole.layout, more),
  };
  const {canvas, scene, layout, arrangement, glyphs, sheet} = body;
  const {why, story} = scene;
  if (sheet || (why && story.kind !== 'question' && story.kind !== 'ending')) {
    putWhyBody(body, why);
    return;
  }
  const span = storySpan(scene, {layout, glyphs});
  const asks = span?.top;
  const below = layout.timelineRow - 2;
  const bottom = Math.min(
    asks === undefined ? Infinity : asks - (layout.kind === 'small' ? 1 : 2),
    layout.ladder.bottom + more,
  );
  const {instead} = arrangement;
  if (instead) putInstead(body, instead, bottom);
  else putPicture(body, bottom);
  // If a reply is shorter than the rows reserved for it, the panels below it get the free rows, so that they stay in place.
  const free = span && story.kind === 'reply' ? {row: span.last + 2, end: below} : undefined;
  putPanels(body, {end: span === undefined ? below : bottom, free});
  putStory(canvas, scene, {layout, glyphs});
};

/** Tells whether the narration shows a message as its note: not if a panel covers it, and beside *Why?* or a page only on some screens. */
const isTold = ({scene: {story, why, view}, layout, sheet}: Body, cover: Region | undefined): boolean => {
  if (cover || story.kind !== 'narration') return false;
  if (!why && !sheet) return true;
  if (layout.slots.some(({region}) => region === layout.why)) return true;
  return layout.kind === 'large' && !view.input.playback.typing;
};

const shortened = (region: Region, by: number): Region => ({...region, rows: region.rows - by});

/** Draws the input line of the focused panel above the keys: the prompt, the typed text, and what is wrong with it. */
const putTyping = (canvas: Canvas, {view}: Scene, row: number, glyphs: Glyphs): void => {
  const typed = view.input.playback.typing;
  const {typing, start} = (typed && focusedOf(view)) ?? {};
  if (!typed || !typing) return;
  const own = view.input.playback.own[typed.panel] ?? start;
  const prompt = plainText(typing.prompt(view, own)[view.language], glyphs);
  const problem = typing.problem?.(view, typed.text);
  // A typed text that is too long is cut at its beginning, because the reader types at its end.
  const room = Math.max(8, canvas.columns - textWidth(prompt) - 8);
  const text = typed.text;
  const shown = cutStart(text, room, glyphs.ellipsis);
  canvas.put(row, 3, prompt, {role: 'accent', bold: true});
  const column = 3 + textWidth(prompt) + 1;
  // The character of a typed text at which parsing stopped is highlighted if it is still visible.
  const stopped = shown === text ? (problem?.at ?? text.length) : text.length;
  const style: Style = {role: 'text', bold: true};
  const [before, at] = [shown.slice(0, stopped), shown.slice(stopped, stopped + 1)];
  canvas.put(row, column, before, style);
  canvas.put(row, column + textWidth(before), at, {role: 'warning', bold: true, selected: true});
  const rest = `${shown.slice(stopped + 1)}${glyphs.typing}`;
  canvas.put(row, column + textWidth(before + at), rest, style);
  const after = column + textWidth(shown) + 3;
  const message = problem && plainText(problem.message[view.language], glyphs);
  if (message !== undefined && canvas.columns - after > 12)
    canvas.put(row, after, cut(message, canvas.columns - after, glyphs.ellipsis), {role: 'warning'});
};

/** Returns the rows of the narration or question on a screen of that size. */
export const storyPlace = (scene: Scene, size: Size, glyphs: Glyphs): StoryPlace => {
  const arrangement = arrange(scene.view, size);
  const layout = layoutOf(size, scene.language, arrangement.spread);
  const {row, rows} = layout.narration;
  const more = isTooSmall(size) ? 0 : spareRows({scene, layout, arrangement, glyphs});
  const floor = layout.timelineRow - 1;
  const told = {top: row, last: Math.min(floor, row + rows - 1)};
  return {...(storySpan(scene, {layout: lowered(layout, more), glyphs}) ?? told), floor};
};

/** Returns a canvas with one instant drawn on it. It also counts the cells in which two texts overlap (0 unless there is a bug). */
export const compose = (scene: Scene, options: ScreenOptions): Canvas => {
  const {columns, rows, glyphs, keyHints, sheet} = options;
  const canvas = new Canvas(columns, rows);
  const size = {columns, rows};
  if (isTooSmall(size)) {
    const region = {row: 1, rows: rows - 1, column: 3, columns: columns - 3};
    if (sheet) putSheet(paneFor({canvas, scene, glyphs}, region), sheet(region.columns));
    else putLines(canvas, scene, glyphs);
    putKeyLine(canvas, keyHints, {row: rows, column: 1, glyphs});
    return canvas;
  }
  const arrangement = arrange(scene.view, size);
  const layout = layoutOf(size, scene.language, arrangement.spread);
  const planned: Body = {canvas, scene, layout, arrangement, glyphs, sheet};
  const {instead} = arrangement;
  const cover = scene.why || sheet ? undefined : coverOf(instead, planned);
  // A message over an open page, *Why?* or a covering panel is shown whole, and they get fewer rows.
  const isWhole = cover !== undefined || sheet !== undefined || scene.why !== undefined;
  const room = columns - layout.narration.column - 1;
  const lines =
    scene.message && !isTold(planned, cover) ? noteLines(scene.message, room, glyphs, isWhole) : [];
  const whole = cover?.row === 1;
  // One line of a message has room above the timeline; further ones, and all above the keys, take rows from what is drawn above.
  const taken = Math.max(0, lines.length - (whole ? 0 : 1));
  const body = taken === 0 ? planned : {...planned, layout: {...layout, why: shortened(layout.why, taken)}};
  if (instead && cover) putPanel(body, instead, shortened(cover, taken));
  if (!whole) {
    const relative = isRelative(body);
    putTitle(canvas, {...scene, relative}, layout, glyphs);
    if (!cover) putBody(relative ? evened(body) : body);
    putTimeline(canvas, scene, {layout, glyphs});
    putTyping(canvas, scene, layout.keysRow - 1, glyphs);
  }
  if (scene.message && lines.length > 0) {
    const above = isWhole ? layout.timelineRow - 1 : noteRowOver(canvas, layout.timelineRow, columns);
    const last = whole ? layout.keysRow - 1 : above;
    putNoteAbove(canvas, scene.message, {lines, last, column: layout.narration.column, glyphs});
  }
  putKeyLine(canvas, keyHints, {row: layout.keysRow, column: layout.kind === 'small' ? 2 : 3, glyphs});
  return canvas;
};

export const screen = (scene: Scene, options: ScreenOptions): Line[] => compose(scene, options).lines();
