// Draws the first row of the screen: the lesson and the run at the left, the network conditions at the right.

import {playerTexts} from '../words/catalogue/player.ts';
import {cut, cutAt, textWidth} from '../words/width.ts';
import type {Canvas} from './canvas.ts';
import {fitText, type Glyphs, plainText} from './glyphs.ts';
import type {Layout} from './layout.ts';
import {putConditions, watermarkColumns} from './page-frame.ts';
import type {Scene} from './scene.ts';

/** The least number of columns for the network conditions in the title row, however long the name of a file is. */
const leastConditions = 28;

const pausedText = ({language}: Scene, {paused}: Glyphs): string =>
  `${paused}${playerTexts.paused[language]}`;

/**
 * Returns the text of the network conditions, after the title of the run if it has one. If there is too little room, that title is cut,
 * because the rest is short.
 */
const conditionsText = (scene: Scene, room: number, glyphs: Glyphs): string => {
  const rest = [
    ...scene.conditions.map((each) => plainText(each, glyphs)),
    ...(scene.relative ? ['r'] : []),
    `${scene.speed}${glyphs.times}`,
    ...(scene.paused ? [pausedText(scene, glyphs)] : []),
  ].join(glyphs.dot);
  if (scene.runTitle === undefined) return cut(rest, room, glyphs.ellipsis);
  const left = room - textWidth(`${glyphs.dot}${rest}`);
  return left < 8 ? rest : `${fitText(scene.runTitle, left, glyphs)}${glyphs.dot}${rest}`;
};

export const putTitle = (canvas: Canvas, scene: Scene, layout: Layout, glyphs: Glyphs): void => {
  const {columns} = layout.size;
  const small = layout.kind === 'small';
  const beat = scene.beat.total > 0 ? [`${scene.beat.number}/${scene.beat.total}`] : [];
  const numbers = scene.relative ? ['r'] : [];
  const tail = [scene.now, ...beat, ...numbers, `${scene.speed}${glyphs.times}`].join(glyphs.dot);
  const markColumns = watermarkColumns(scene.watermark, glyphs);
  const most = Math.max(leastConditions, columns - textWidth(scene.source) - 6) - markColumns;
  const right = small
    ? cut(tail, columns - 12 - markColumns, glyphs.ellipsis)
    : conditionsText(scene, most, glyphs);
  const rightStart = columns - textWidth(right) - markColumns;
  const room = rightStart - 4;
  const title = plainText(scene.title, glyphs);
  const titleColumn = 2 + textWidth(scene.source) + 2;
  const whole = textWidth(title) <= rightStart - 2 - titleColumn;
  // If the lesson's id and title do not both fit in the title row, the title stands alone; if even that does not fit, the id does.
  const alone = !small && !whole && title !== '' && textWidth(title) <= room;
  const isTold = whole || 2 * (rightStart - 2 - titleColumn) > textWidth(title);
  canvas.put(1, 2, alone ? title : cut(scene.source, room, glyphs.ellipsis), {role: 'text', bold: true});
  if (!small && !alone && isTold && titleColumn < rightStart - 6)
    canvas.put(1, titleColumn, cutAt([' '], title, rightStart - 2 - titleColumn, glyphs.ellipsis), {
      role: 'text',
    });
  putConditions(canvas, rightStart, {watermark: scene.watermark, conditions: right, glyphs});
};
