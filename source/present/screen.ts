// One instant as a whole screen: exactly `rows` lines, none wider than `columns` (screens.md §4).
import {Canvas, type Style} from './canvas.ts';
import {putEndpointsAlone, putEndpointsBeside} from './endpoints.ts';
import {fittedLabel, labelRoom} from './flight.ts';
import {type Glyphs, plainText} from './glyphs.ts';
import {type KeyHint, putKeyLine} from './key-line.ts';
import {putLadder} from './ladder.ts';
import {densityFor} from './ladder-rows.ts';
import {type LadderFrame, type Layout, layoutOf, leastSize, panelsAt} from './layout.ts';
import {putLines} from './line-mode.ts';
import {putList} from './list.ts';
import {putStory, storyTop} from './narration.ts';
import type {Scene} from './scene.ts';
import type {Why} from './scene-why.ts';
import type {Line} from './span.ts';
import {putTimeline} from './timeline.ts';
import {putWhy} from './why.ts';
import {cut, textWidth} from './width.ts';

export type {KeyHint};

export type ScreenOptions = {
  readonly columns: number;
  readonly rows: number;
  readonly glyphs: Glyphs;
  /** Most important first; what does not fit is left out. */
  readonly keyHints: readonly KeyHint[];
};

const muted: Style = {role: 'muted'};
/** However long the name of a file is. */
const leastConditions = 28;

const pausedText = (scene: Scene, glyphs: Glyphs): string =>
  scene.language === 'zh' ? glyphs.pausedZh : glyphs.paused;

/** The run's title gives way to the other conditions, which are short. */
const conditionsText = (scene: Scene, room: number, glyphs: Glyphs): string => {
  const rest = [
    ...scene.conditions.map((each) => plainText(each, glyphs)),
    ...(scene.relative ? ['r'] : []),
    `${scene.speed}${glyphs.times}`,
    ...(scene.paused ? [pausedText(scene, glyphs)] : []),
  ].join(glyphs.dot);
  if (scene.runTitle === undefined) return cut(rest, room, glyphs.ellipsis);
  const left = room - textWidth(`${glyphs.dot}${rest}`);
  return left < 8
    ? rest
    : `${cut(plainText(scene.runTitle, glyphs), left, glyphs.ellipsis)}${glyphs.dot}${rest}`;
};

const putTitle = (canvas: Canvas, scene: Scene, layout: Layout, glyphs: Glyphs): void => {
  const {columns} = layout.size;
  const small = layout.kind === 'small';
  const beat = scene.beat.total > 0 ? [`${scene.beat.number}/${scene.beat.total}`] : [];
  const numbers = scene.relative ? ['r'] : [];
  const tail = [scene.now, ...beat, ...numbers, `${scene.speed}${glyphs.times}`].join(glyphs.dot);
  const most = Math.max(leastConditions, columns - textWidth(scene.source) - 6);
  const right = small ? cut(tail, columns - 12, glyphs.ellipsis) : conditionsText(scene, most, glyphs);
  const rightStart = columns - textWidth(right);
  const room = rightStart - 4;
  canvas.put(1, 2, cut(scene.source, room, glyphs.ellipsis), {role: 'text', bold: true});
  const titleColumn = 2 + textWidth(scene.source) + 2;
  if (!small && titleColumn < rightStart - 6)
    canvas.put(
      1,
      titleColumn,
      cut(plainText(scene.title, glyphs), rightStart - 2 - titleColumn, glyphs.ellipsis),
      {role: 'text'},
    );
  canvas.put(1, rightStart, right, muted);
};

const putHeads = (
  canvas: Canvas,
  scene: Scene,
  frame: LadderFrame,
  options: {addresses: boolean; glyphs: Glyphs},
): void => {
  const {left, right} = frame;
  const {glyphs, addresses} = options;
  const middle = left + Math.floor((right - left) / 2);
  const [first, second] = scene.hosts;
  const shownLeft = cut(first.name, middle - 3, glyphs.ellipsis);
  const shownRight = cut(second.name, canvas.columns - middle - 2, glyphs.ellipsis);
  // Centred on the lifeline, and kept off the neighbour and the edges.
  const leftStart = Math.max(
    2,
    Math.min(left - Math.floor((textWidth(shownLeft) - 1) / 2), middle - textWidth(shownLeft)),
  );
  const rightStart = Math.max(
    middle + 1,
    Math.min(right - Math.floor((textWidth(shownRight) - 1) / 2), canvas.columns - textWidth(shownRight)),
  );
  canvas.put(3, leftStart, shownLeft, {role: first.role, bold: true});
  canvas.put(3, rightStart, shownRight, {role: second.role, bold: true});
  if (!addresses) return;
  canvas.putEnd(4, left + 3, cut(first.address, left + 2, glyphs.ellipsis), muted);
  canvas.put(4, right - 2, cut(second.address, 23, glyphs.ellipsis), muted);
};

/** At 60 columns the states stand beside the names. */
const putSmallHeads = (canvas: Canvas, scene: Scene, frame: LadderFrame, glyphs: Glyphs): void => {
  const half = Math.floor((frame.right - frame.left) / 2);
  const state = (index: 0 | 1): {text: string; fresh: boolean} => {
    const endpoint = scene.endpoints?.[index];
    return {text: endpoint?.state ?? '', fresh: endpoint?.stateFresh ?? false};
  };
  for (const index of [0, 1] as const) {
    const host = scene.hosts[index];
    const {text, fresh} = state(index);
    const room = half - textWidth(text) - 3;
    const name = cut(host.name, Math.max(4, room), glyphs.ellipsis);
    const mark = fresh ? glyphs.changed : '';
    const style: Style = fresh ? {role: 'changed', bold: true} : {role: 'text'};
    const nameStyle: Style = {role: host.role, bold: true};
    if (index === 0) {
      canvas.put(3, frame.left, name, nameStyle);
      canvas.put(3, frame.left + textWidth(name) + 1, text + mark, style);
    } else {
      canvas.putEnd(3, frame.right, name, nameStyle);
      canvas.putEnd(3, frame.right - textWidth(name) - 1, mark + text, style);
    }
  }
};

const densityOf = (scene: Scene, layout: Layout): LadderFrame['density'] =>
  layout.kind === 'small'
    ? 'compact'
    : densityFor(scene.ladder.whole, layout.ladder.bottom - layout.ladderTop + 1);

/** Numbers count from the ISN because the reader wants it, or because a label would not fit otherwise. */
const isRelative = (scene: Scene, layout: Layout, glyphs: Glyphs): boolean => {
  const {left, right, indent} = layout.ladder;
  const density = densityOf(scene, layout);
  const room = labelRoom(right - left - 1, indent, density === 'dense' || density === 'compact');
  return (
    scene.relative ||
    scene.ladder.items.some((item) => item.kind === 'packet' && fittedLabel(item, room, glyphs).relative)
  );
};

/** The ladder's frame with what is open at this instant: addresses give way to rows, rows to questions. */
const frameOf = (scene: Scene, layout: Layout, bottom: number): {frame: LadderFrame; addresses: boolean} => {
  const density = densityOf(scene, layout);
  const addresses = density !== 'dense' && bottom === layout.ladder.bottom;
  const asks = scene.story.kind !== 'narration';
  const top =
    layout.kind === 'small' || addresses || (asks && density !== 'dense')
      ? layout.ladderTop
      : layout.ladderTop - 1;
  return {frame: {...layout.ladder, density, top, bottom, air: addresses}, addresses};
};

const panelShown = ({panel, endpoints}: Scene, {size}: Layout): Scene['panel'] =>
  panelsAt(size, endpoints !== undefined).includes(panel) ? panel : 'ladder';

/** The picture: ladder, or the panel that stands in its place, down to `bottom`. */
const putPicture = (
  canvas: Canvas,
  scene: Scene,
  layout: Layout,
  options: {bottom: number; glyphs: Glyphs},
): void => {
  const {bottom, glyphs} = options;
  const {frame, addresses} = frameOf(scene, layout, bottom);
  if (bottom - frame.top < (layout.kind === 'small' ? 1 : 2)) return;
  const panel = panelShown(scene, layout);
  const region = {
    row: 3,
    rows: bottom - 2,
    column: layout.kind === 'small' ? 4 : 5,
    columns: canvas.columns - 8,
  };
  if (panel === 'endpoints') putEndpointsAlone(canvas, scene, {region, glyphs});
  if (panel === 'list') putList(canvas, scene.list, {region, glyphs, language: scene.language});
  if (panel !== 'ladder') return;
  if (layout.kind === 'small') putSmallHeads(canvas, scene, frame, glyphs);
  else putHeads(canvas, scene, frame, {addresses, glyphs});
  putLadder(canvas, scene, {frame, glyphs});
};

const putSide = (
  canvas: Canvas,
  scene: Scene,
  layout: Layout,
  options: {end: number; glyphs: Glyphs},
): void => {
  const {side} = layout;
  if (!side || options.end - side.row <= 3) return;
  const region = {...side, rows: options.end - side.row + 1};
  putEndpointsBeside(canvas, scene, {region, glyphs: options.glyphs, headRow: 3});
};

/** Why? takes the whole body, or where there is room the rows below a shorter ladder and two lines of narration. */
const putWhyBody = (
  canvas: Canvas,
  scene: Scene,
  layout: Layout,
  options: {why: Why; glyphs: Glyphs},
): void => {
  const {why, glyphs} = options;
  const {story, language} = scene;
  if (layout.kind === 'large') {
    const top = layout.why.row;
    putPicture(canvas, scene, layout, {bottom: top - 6, glyphs});
    putSide(canvas, scene, layout, {end: top - 4, glyphs});
    const narration = {...layout.narration, row: top - 3, rows: 2};
    if (story.kind === 'narration')
      putStory(
        canvas,
        {...scene, story: {...story, note: undefined}},
        {layout: {...layout, kind: 'small', narration}, glyphs},
      );
  }
  putWhy(canvas, why, {region: layout.why, glyphs, language});
};

const putBody = (canvas: Canvas, scene: Scene, layout: Layout, glyphs: Glyphs): void => {
  const {why, story, language} = scene;
  if (why && story.kind !== 'question' && story.kind !== 'ending') {
    putWhyBody(canvas, scene, layout, {why, glyphs});
    return;
  }
  const asks = storyTop(scene, {layout, glyphs});
  const bottom = Math.min(
    asks === undefined ? layout.ladder.bottom : asks - (layout.kind === 'small' ? 1 : 2),
    layout.ladder.bottom,
  );
  putPicture(canvas, scene, layout, {bottom, glyphs});
  putSide(canvas, scene, layout, {end: bottom, glyphs});
  putStory(canvas, scene, {layout, glyphs});
  if (layout.lower && asks === undefined)
    putList(canvas, scene.list, {region: layout.lower, glyphs, language});
};

/** Also tells how many cells two texts wanted: 0 unless there is a bug. */
export const compose = (scene: Scene, options: ScreenOptions): Canvas => {
  const {columns, rows, glyphs, keyHints} = options;
  const canvas = new Canvas(columns, rows);
  if (columns < leastSize.columns || rows < leastSize.rows) {
    putLines(canvas, scene, glyphs);
    putKeyLine(canvas, keyHints, {row: rows, column: 1, glyphs});
    return canvas;
  }
  const layout = layoutOf({columns, rows}, scene.language);
  putTitle(canvas, {...scene, relative: isRelative(scene, layout, glyphs)}, layout, glyphs);
  putBody(canvas, scene, layout, glyphs);
  putTimeline(canvas, scene, {layout, glyphs});
  putKeyLine(canvas, keyHints, {row: layout.keysRow, column: layout.kind === 'small' ? 2 : 3, glyphs});
  return canvas;
};

export const screen = (scene: Scene, options: ScreenOptions): Line[] => compose(scene, options).lines();
