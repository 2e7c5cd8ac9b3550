// Draws the records of a connection: a row each with the mark of the key that seals it, the messages in it below.

import type {Eyes} from '../../account/eyes.ts';
import {sameIn, type Text} from '../../lesson/text.ts';
import {eyesWords} from '../../words/catalogue/eyes.ts';
import {recordsTexts, recordsWords} from '../../words/catalogue/records.ts';
import {cut, padEnd, padStart, repeated, textWidth} from '../../words/width.ts';
import type {Canvas, Style} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import {displayName} from '../ladder/scene-hosts.ts';
import type {PanelDrawing} from '../panel.ts';
import type {View} from '../view.ts';
import {partTexts, sealText, typeText} from './record-words.ts';
import type {RecordRow, RecordScene} from './records.ts';

const muted: Style = {role: 'muted'};
const gap = 2;
/** What is in a record has at least so much room before the type or the key is named. */
const contentLeast = 30;

type Cells = {
  readonly packet: string;
  readonly from: string;
  readonly bytes: string;
  readonly mark: string;
  readonly key: string;
  readonly type: string;
  readonly content: string;
};

type DrawnRow = Cells & {readonly style: Style; readonly selected: boolean; readonly first: boolean};

type Look = {readonly view: View; readonly eyes: Eyes; readonly glyphs: Glyphs};

const markOf = ({seal}: RecordRow, {eyes, glyphs}: Look): string => {
  if (!seal) return glyphs.inClear;
  return `${glyphs.sealed}${seal.key && (eyes === 'ends' || seal.opened) ? seal.key.number : ''}`;
};

/** What everybody can read is a warning; what is sealed has the colour of who sealed it, for those who can open it. */
const styleOf = (row: RecordRow): Style => {
  if (!row.seal || row.refused) return {role: 'warning'};
  if (!row.seal.opened) return muted;
  return {role: row.side === 0 ? 'client' : 'server'};
};

/** `spread`: each message has a line. */
const rowsOf = (row: RecordRow, look: Look, spread: boolean): readonly DrawnRow[] => {
  const {view, eyes, glyphs} = look;
  const {language} = view;
  const texts = partTexts(row, language).map((text) => plainText(text, glyphs));
  const lines = spread ? texts : [texts.join(', ')];
  const rest = {style: styleOf(row), selected: row.selected};
  const blank = {packet: '', from: '', bytes: '', mark: '', key: '', type: ''};
  return (lines.length === 0 ? [''] : lines).map((content, index) =>
    index > 0
      ? {...blank, ...rest, content, first: false}
      : {
          ...rest,
          packet: String(row.packet),
          from: displayName(row.host, language),
          bytes: String(row.size),
          mark: markOf(row, look),
          key: sealText(row, eyes, language),
          type: typeText(row),
          content,
          first: true,
        },
  );
};

type Column = keyof Cells;
type Plan = readonly {readonly key: Column; readonly width: number}[];

const heads: {readonly [column in Column]: Text} = {
  packet: sameIn('#'),
  from: recordsTexts.from,
  bytes: recordsTexts.bytes,
  mark: sameIn(''),
  key: recordsTexts.key,
  type: recordsTexts.type,
  content: recordsTexts.content,
};

/** Who looks from outside has no names of keys, but sees what each record calls itself. */
const optional: {readonly [eyes in Eyes]: readonly Column[]} = {
  ends: ['key', 'type'],
  eavesdropper: ['type'],
};

const planOf = (rows: readonly DrawnRow[], columns: number, {view, eyes}: Look): Plan => {
  const wanted = (key: Column): number =>
    rows.reduce((most, row) => Math.max(most, textWidth(row[key])), textWidth(heads[key][view.language]));
  const always: readonly Column[] = ['packet', 'from', 'bytes', 'mark'];
  const fixed = always.map((key) => ({key, width: wanted(key)}));
  let room = columns - fixed.reduce((sum, {width}) => sum + width + gap, 2);
  const most = wanted('content');
  const named = optional[eyes].flatMap((key) => {
    const width = wanted(key);
    if (room - width - gap < Math.min(most, contentLeast)) return [];
    room -= width + gap;
    return [{key, width}];
  });
  return [...fixed, ...named, {key: 'content', width: Math.max(0, room)}];
};

const lineText = (cells: Cells, plan: Plan, ellipsis: string): string =>
  plan
    .map(({key, width}) => {
      const text = cut(cells[key], width, ellipsis);
      return key === 'packet' || key === 'bytes' ? padStart(text, width) : padEnd(text, width);
    })
    .join(repeated(' ', gap));

const headTexts = ({language}: View): Cells => ({
  packet: heads.packet[language],
  from: heads.from[language],
  bytes: heads.bytes[language],
  mark: '',
  key: heads.key[language],
  type: heads.type[language],
  content: heads.content[language],
});

const putHeading = (
  canvas: Canvas,
  scene: RecordScene | undefined,
  look: Look,
  drawing: PanelDrawing,
): void => {
  const {region, glyphs, focused} = drawing;
  const {row, column, columns} = region;
  const {language} = look.view;
  const title = recordsTexts.title[language];
  canvas.put(row, column, title, {role: focused ? 'accent' : 'muted', bold: focused});
  if (!scene) return;
  const eyes = eyesWords[look.eyes][language];
  const at = column + textWidth(title) + gap;
  const shown = cut(eyes, columns - textWidth(title) - gap, glyphs.ellipsis);
  canvas.put(row, at, shown, look.eyes === 'ends' ? muted : {role: 'attacker', bold: true});
  const sealed = scene.rows.filter(({seal}) => seal).length;
  const count = recordsWords.sealedCount[language]({sealed, all: scene.rows.length});
  if (at + textWidth(shown) + gap + textWidth(count) <= column + columns)
    canvas.putEnd(row, column + columns - 1, count, muted);
};

/** The rows that are seen: the last ones, or those around the selected packet. */
const firstShown = (rows: readonly DrawnRow[], room: number): number => {
  const most = Math.max(0, rows.length - room);
  const selected = rows.findIndex((row) => row.selected);
  if (selected < 0 || selected >= most) return most;
  return Math.max(0, selected - 1);
};

const fitting = (scene: RecordScene, room: number, look: Look): readonly DrawnRow[] => {
  const spread = scene.rows.flatMap((row) => rowsOf(row, look, true));
  return spread.length <= room ? spread : scene.rows.flatMap((row) => rowsOf(row, look, false));
};

export const putRecords = (
  canvas: Canvas,
  {scene, view}: {readonly scene: RecordScene | undefined; readonly view: View},
  drawing: PanelDrawing,
): void => {
  const {region, glyphs} = drawing;
  const {row, rows, column, columns} = region;
  const {language} = view;
  const look: Look = {view, eyes: view.input.playback.eyes, glyphs};
  putHeading(canvas, scene, look, drawing);
  if (!scene || scene.rows.length === 0) {
    canvas.put(row + 1, column, cut(recordsTexts.none[language], columns, glyphs.ellipsis), muted);
    return;
  }
  const room = rows - 2;
  const all = fitting(scene, room, look);
  const plan = planOf(all, columns, look);
  const from = firstShown(all, room);
  canvas.put(row + 1, column + 2, lineText(headTexts(view), plan, glyphs.ellipsis).trimEnd(), muted);
  for (const [index, each] of all.slice(from, from + room).entries()) {
    const at = row + 2 + index;
    const below = all.length - from - room;
    if (index === 0 && from > 0)
      canvas.put(
        at,
        column + 2,
        `${glyphs.earlier} ${recordsWords.earlier[language]({rows: from + 1})}`,
        muted,
      );
    else if (index === room - 1 && below > 0)
      canvas.put(at, column + 2, `${glyphs.more} ${recordsWords.more[language]({rows: below + 1})}`, muted);
    else {
      const {selected, first, style} = each;
      if (selected && first) canvas.put(at, column, glyphs.selected, {role: 'accent', selected});
      const text = lineText(each, plan, glyphs.ellipsis);
      canvas.put(at, column + 2, selected ? text : text.trimEnd(), {...style, selected});
    }
  }
};
