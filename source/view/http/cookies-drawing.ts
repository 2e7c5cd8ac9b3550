// Draws browsers' cookies and servers' sessions: beside each other where there is room, else below each other.

import {spaced} from '../../lesson/text.ts';
import {cookieTexts, cookieWords, verdictTexts} from '../../words/catalogue/cookies.ts';
import {cut, repeated} from '../../words/width.ts';
import type {Canvas, Style} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import type {Region} from '../layout.ts';
import type {PanelDrawing} from '../panel.ts';
import type {View} from '../view.ts';
import {
  type CookieLine,
  type JarScene,
  jarScenes,
  type SessionLine,
  type SessionScene,
  sessionScenes,
} from './cookies.ts';
import {type Column, indent, smallTable} from './small-table.ts';

const muted: Style = {role: 'muted'};
const plain: Style = {role: 'text'};
const changedStyle: Style = {role: 'changed', bold: true};
/** From here on a cookie is one line, and from there on both tables stand beside each other. */
const wideColumns = 92;
const besideColumns = 150;
const jarShare = 0.64;
/** Below that a session is its id, its user and the time it has. */
const roomyColumns = 60;

/** What time and verdict need beside name and value, blanks included. */
const besidePair = 30;

/** `entry`: a cookie or a session, which is counted where it has no room. */
type Row = {
  readonly text: string;
  readonly style: Style;
  readonly entry?: true;
  readonly changed?: boolean;
};

type Drawing = {
  readonly view: View;
  readonly glyphs: Glyphs;
  readonly columns: number;
  readonly focused: boolean;
};

const titleStyle = ({focused}: Drawing): Style => (focused ? {role: 'accent', bold: true} : muted);

const pairOf = ({name, value}: CookieLine): string => `${name}=${value}`;

const verdictOf = ({verdict}: CookieLine, {view, glyphs}: Drawing): string => {
  if (verdict === 'unknown') return '';
  return `${verdict === 'sent' ? glyphs.right : glyphs.none} ${verdictTexts[verdict][view.language]}`;
};

/** What the verdicts come to: the field that the request would have. */
const fieldRow = ({url, lines}: JarScene, {view}: Drawing): readonly Row[] => {
  if (url === undefined) return [];
  const sent = lines.filter(({verdict}) => verdict === 'sent').map(pairOf);
  const field =
    sent.length === 0
      ? cookieWords.withoutField[view.language]({url})
      : cookieWords.withField[view.language]({url, pairs: sent.join('; ')});
  return [{text: `${repeated(' ', indent)}${field}`, style: muted}];
};

const jarColumns = (title: string, drawing: Drawing): readonly Column<CookieLine>[] => {
  const {view, columns} = drawing;
  const {language} = view;
  const wide = columns >= wideColumns;
  const pair = {head: title, read: pairOf, most: wide ? 26 : Math.max(8, Math.min(22, columns - besidePair))};
  const left = {
    head: cookieTexts.left[language],
    read: (line: CookieLine) => line.left,
    atEnd: true,
  } as const;
  const verdict = {
    head: cookieTexts.verdict[language],
    read: (line: CookieLine) => verdictOf(line, drawing),
  };
  if (!wide) return [{...pair, head: ''}, left, verdict];
  return [
    {...pair, head: ''},
    {head: cookieTexts.domain[language], read: ({domain}) => domain, most: 20},
    {head: cookieTexts.path[language], read: ({path}) => path, most: 10},
    left,
    {head: cookieTexts.flags[language], read: ({flags}) => flags.join(' '), most: 29},
    verdict,
  ];
};

const jarRows = (scene: JarScene, drawing: Drawing): readonly Row[] => {
  const {view, glyphs, columns} = drawing;
  const {lines} = scene;
  const title = spaced(cookieWords.jarOf[view.language]({host: scene.host}));
  const style = titleStyle(drawing);
  if (lines.length === 0)
    return [{text: cookieWords.holdsNone[view.language]({title}), style}, ...fieldRow(scene, drawing)];
  const [head = '', ...texts] = smallTable(title, lines, {
    columns: jarColumns(title, drawing),
    glyphs,
  });
  return [
    {text: head, style},
    ...lines.flatMap(({changed, domain, path, flags}, index): readonly Row[] => [
      {text: texts[index] ?? '', style: changed ? changedStyle : plain, changed, entry: true},
      ...(columns >= wideColumns
        ? []
        : [{text: `${repeated(' ', 2 * indent)}${[domain, path, ...flags].join('  ')}`, style: muted}]),
    ]),
    ...fieldRow(scene, drawing),
  ];
};

const sessionColumns = ({view, columns}: Drawing): readonly Column<SessionLine>[] => {
  const {language} = view;
  const few: readonly Column<SessionLine>[] = [
    {head: '', read: ({id}) => id},
    {head: cookieTexts.user[language], read: ({user}) => user, most: 10},
    {
      head: cookieTexts.idle[language],
      read: ({left, expired}) => (expired ? cookieTexts.expired[language] : left),
      atEnd: true,
    },
  ];
  if (columns < roomyColumns) return few;
  return [
    ...few,
    {head: cookieTexts.requests[language], read: ({requests}) => requests, atEnd: true},
    {
      head: cookieTexts.heldBy[language],
      read: ({heldBy}) => (heldBy.length === 0 ? cookieTexts.nobody[language] : heldBy.join(', ')),
      most: 20,
    },
  ];
};

const sessionRows = (scene: SessionScene, drawing: Drawing): readonly Row[] => {
  const {view, glyphs} = drawing;
  const {lines} = scene;
  const title = spaced(cookieWords.sessionsOf[view.language]({host: scene.host}));
  const style = titleStyle(drawing);
  if (lines.length === 0) return [{text: cookieWords.holdsNone[view.language]({title}), style}];
  const [head = '', ...texts] = smallTable(title, lines, {
    columns: sessionColumns(drawing),
    glyphs,
  });
  return [
    {text: head, style},
    ...lines.map(
      ({changed, expired}, index): Row => ({
        text: texts[index] ?? '',
        style: changed ? changedStyle : expired ? muted : plain,
        changed,
        entry: true,
      }),
    ),
  ];
};

/** What does not fit is counted; what is not counted goes first, from below. */
const fitted = (
  rows: readonly Row[],
  room: number,
): {readonly shown: readonly Row[]; readonly left: number} => {
  const least = rows.findLastIndex(({entry}) => entry === true) + 1;
  if (rows.length <= room || least <= room) return {shown: rows.slice(0, room), left: 0};
  const shown = rows.slice(0, Math.max(0, room - 1));
  const count = (all: readonly Row[]): number => all.filter(({entry}) => entry === true).length;
  return {shown, left: count(rows) - count(shown)};
};

const putRows = (canvas: Canvas, region: Region, rows: readonly Row[], {view, glyphs}: Drawing): void => {
  const {row, column, columns} = region;
  const {shown, left} = fitted(rows, Math.max(0, region.rows));
  for (const [index, {text, style, changed}] of shown.entries()) {
    const marked = changed ? `${text} ${glyphs.changed}` : text;
    canvas.put(row + index, column, cut(plainText(marked, glyphs), columns, glyphs.ellipsis), style);
  }
  if (left === 0 || region.rows < 1) return;
  const more = `${repeated(' ', indent)}${glyphs.more} ${cookieWords.more[view.language]({count: left})}`;
  canvas.put(row + shown.length, column, cut(more, columns, glyphs.ellipsis), muted);
};

export const putCookies = (canvas: Canvas, view: View, {region, glyphs, focused}: PanelDrawing): void => {
  const {row, rows, column, columns} = region;
  const beside = columns >= besideColumns;
  const left = beside ? Math.floor(columns * jarShare) : columns;
  const drawing = {view, glyphs, columns: left, focused};
  const jars = jarScenes(view).flatMap((scene) => jarRows(scene, drawing));
  const right = {...drawing, columns: beside ? columns - left - indent : columns};
  const sessions = sessionScenes(view).flatMap((scene) => sessionRows(scene, right));
  if (beside) {
    putRows(canvas, {...region, columns: left}, jars, drawing);
    putRows(canvas, {...region, column: column + left + indent, columns: right.columns}, sessions, right);
    return;
  }
  // The smaller table is whole where that leaves the other one half.
  const half = Math.floor(rows / 2);
  const below = Math.min(sessions.length, Math.max(half, rows - jars.length));
  const above = rows - below;
  const blank = jars.length < above ? 1 : 0;
  putRows(canvas, {...region, rows: above}, jars, drawing);
  const start = row + Math.min(above, jars.length) + blank;
  putRows(canvas, {...region, row: start, rows: row + rows - start}, sessions, right);
};
