// Draws a run on a screen too small for the ladder: one line for each event, as the command `show` prints it, the newest last; then the
// narration.

import {playerTexts} from '../words/catalogue/player.ts';
import {formatSeen} from '../words/format.ts';
import {cut, wrap} from '../words/width.ts';
import type {Canvas} from './canvas.ts';
import {textIn} from './drawn.ts';
import {asciiGlyphs, type Glyphs, plainText} from './glyphs.ts';
import {leastSize, type Size} from './layout.ts';
import {noteSign} from './note.ts';
import type {Scene} from './scene.ts';
import {type Row, rowsUntil} from './transcript-rows.ts';

const rowText = ({atUs, estimated, host, action, state}: Row, glyphs: Glyphs): string =>
  [plainText(formatSeen(atUs, estimated), glyphs), host, action.join('   '), state]
    .filter((text) => text !== '')
    .join('  ');

const toldLines = (scene: Scene, columns: number, glyphs: Glyphs): string[] => {
  const {story, why} = scene;
  const message = scene.message ? `${noteSign(scene.message, glyphs).text} ${scene.message.text}` : '';
  const isTold = story.kind === 'narration' && !why;
  const told = (): string[] => {
    if (why) return [why.heading, ...why.paragraphs, ...why.details.map(textIn)];
    if (story.kind === 'narration') return [message || story.text];
    if (story.kind === 'question')
      return [
        story.ask,
        ...story.choices.map(({sign, text}) => `${sign} ${text}`),
        story.again ?? '',
        story.hint ?? '',
      ];
    if (story.kind === 'ending')
      return [
        story.heading,
        ...story.choices.map(({id, text}) => `${id === story.marked ? glyphs.selected : ' '} ${id} ${text}`),
      ];
    return [`${glyphs.right} ${story.right.sign} ${story.right.text}`, ...story.paragraphs];
  };
  return [scene.watermark ?? '', isTold ? '' : message, ...told()]
    .filter((text) => text !== '')
    .flatMap((text) => wrap(plainText(text, glyphs), columns));
};

/** Returns the size of the screen without the row with the keys, and without the last column. */
const roomIn = ({columns, rows}: Size): Size => ({
  columns: Math.max(1, columns - 1),
  rows: Math.max(0, rows - 1),
});

/** Tells whether an open question does not fit on the screen. It cannot be answered then, because not all of it is visible. */
export const cutsQuestion = (scene: Scene, size: Size, glyphs: Glyphs): boolean => {
  const {columns, rows} = roomIn(size);
  return scene.story.kind === 'question' && !scene.why && toldLines(scene, columns, glyphs).length > rows;
};

export const putLines = (canvas: Canvas, scene: Scene, glyphs: Glyphs): void => {
  const {columns, rows} = roomIn(canvas);
  const told = toldLines(scene, columns, glyphs);
  const least = `${leastSize.columns}${glyphs.times}${leastSize.rows}`;
  const remedy = wrap(`${playerTexts.picturesFrom[scene.language]} ${least}`, columns);
  // On a screen too small for the ladder, a question may take all rows, because all of its choices must be visible; narration takes at most
  // half of them.
  const most = scene.story.kind === 'narration' && !scene.why ? Math.max(1, rows >> 1) : rows;
  const shown = (
    cutsQuestion(scene, canvas, glyphs) ? wrap(playerTexts.noQuestion[scene.language], columns) : told
  ).slice(0, most);
  const room = Math.max(0, rows - shown.length);
  const {trace, beats} = scene.view.input;
  const style = {language: scene.language, ascii: glyphs.lifeline === asciiGlyphs.lifeline, beats};
  const happened = rowsUntil(trace, scene.view.cursor, {most: room, style}).map((row) =>
    rowText(row, glyphs),
  );
  // The advice to enlarge the window is shown only if no event has to make room for it.
  const lines = happened.length + remedy.length <= room ? [...remedy, ...happened] : happened;
  for (const [index, text] of [...lines, ...shown].entries())
    canvas.put(index + 1, 1, cut(text, columns, glyphs.ellipsis), {
      role: index < lines.length ? 'muted' : 'text',
    });
};
