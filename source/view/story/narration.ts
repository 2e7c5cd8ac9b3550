// Draws the story of an instant: the narration with its note, a question with its choices, the reply to an answer, or the ending.

import {cut, padEnd, textWidth, wrap, wrapSentences, wrapWhole} from '../../words/width.ts';
import {accent, type Canvas, muted, plain, type Style} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import type {Layout} from '../layout.ts';
import {noteLines, noteSign, putNoteAbove} from '../note.ts';
import type {Scene} from '../scene.ts';
import type {ChoiceShown, Story, StoryChoice} from './scene-story.ts';

/** The number of screen columns from which on a narration shows both a note and a misconception. */
const widthForMyths = 120;

type Options = {readonly layout: Layout; readonly glyphs: Glyphs};

/** Returns at most `most` lines; the last one ends in an ellipsis if the text was cut. */
const limited = (
  lines: readonly string[],
  most: number,
  limits: {columns: number; glyphs: Glyphs},
): string[] => {
  if (lines.length <= most) return [...lines];
  const {columns, glyphs} = limits;
  const last = `${cut(lines[most - 1] ?? '', columns - textWidth(glyphs.ellipsis), '')}${glyphs.ellipsis}`;
  return [...lines.slice(0, Math.max(0, most - 1)), last].slice(0, Math.max(0, most));
};

/** Returns the lines of a narration's note, at most `most`. If that is 1, the line is filled to its end, even if a word is cut. */
const noteRows = (
  note: string,
  most: number,
  limits: {columns: number; glyphs: Glyphs},
): readonly string[] => {
  if (note === '') return [];
  const {columns, glyphs} = limits;
  return most === 1 ? [cut(note, columns, glyphs.ellipsis)] : limited(wrap(note, columns), most, limits);
};

/** Returns the number of rows of a narration and a long message together, without a blank row between them. */
const rowsBeside = ({kind, narrationLines}: Layout): number => narrationLines + (kind === 'small' ? 1 : 3);

/**
 * Returns the lines of a message that needs more rows than a note usually has, so that it gets rows of the narration; empty for a shorter
 * message.
 */
const longMessage = (
  {message}: Extract<Story, {kind: 'narration'}>,
  layout: Layout,
  {columns, glyphs}: {readonly columns: number; readonly glyphs: Glyphs},
): readonly string[] => {
  if (message === undefined || layout.narrationLines === 0) return [];
  const lines = noteLines(message, columns, glyphs, true);
  const isSmall = layout.kind === 'small';
  // On a small screen the blank row above the narration can be used for a long message, too.
  const most = rowsBeside(layout) + (isSmall ? 1 : 0);
  return lines.length > (isSmall ? 1 : 2) ? limited(lines, most, {columns, glyphs}) : [];
};

const putNarration = (
  canvas: Canvas,
  story: Extract<Story, {kind: 'narration'}>,
  options: Options & {readonly focused: boolean},
): void => {
  const {layout, glyphs, focused} = options;
  const {row, column, columns} = layout.narration;
  const bar: Style = focused ? {...accent, selected: true} : accent;
  const text = plainText(story.text, glyphs);
  const lines = text === '' ? [] : wrapSentences(text, columns, layout.narrationLines);
  const noteNeeded = story.note !== undefined || story.message !== undefined;
  const most = layout.kind === 'small' ? layout.narrationLines : 3;
  // A small screen shows a long narration also in the blank rows around it, because there is no other place to read it.
  const small = layout.kind === 'small' && story.message === undefined;
  const sign = story.message && noteSign(story.message, glyphs);
  const indent = sign && layout.kind !== 'small' ? textWidth(sign.text) + 1 : 0;
  // A note may be wider than the narration, up to almost the edge of the screen, so that it takes one line whenever possible.
  const noteColumns = Math.max(columns, Math.min(layout.size.columns - column, columns + 7)) - indent;
  const told = longMessage(story, layout, {columns: noteColumns, glyphs});
  const wanted = small ? most + 2 : noteNeeded ? most : Math.max(most, layout.narration.rows - 1);
  const room = told.length > 0 ? Math.min(wanted, rowsBeside(layout) - told.length) : wanted;
  const shown = limited(lines, room, {columns, glyphs});
  const top = small && shown.length === room ? row - 1 : row;
  for (const [index, line] of shown.entries()) {
    canvas.put(top + index, column - 2, glyphs.narration, bar);
    canvas.put(top + index, column, line, plain);
  }
  if (focused && column > 4) canvas.put(top, column - 4, glyphs.selected, accent);
  if (layout.kind === 'small') {
    const {message} = story;
    const all = message && (told.length > 0 ? told : noteLines(message, columns, glyphs, false));
    if (all) putNoteAbove(canvas, message, {lines: all, last: row + layout.narration.rows, column, glyphs});
    return;
  }
  const note = plainText(story.message?.text ?? story.note ?? '', glyphs);
  const limits = {columns: noteColumns, glyphs};
  const textLines = Math.max(layout.narrationLines, shown.length);
  // On a screen without narration and panels, a long note gets the rows of the narration.
  const isBare = textLines === 0 && layout.slots.length === 0;
  const below = isBare ? row : row + textLines + 1;
  const showsMyth = story.message === undefined && (note === '' || layout.size.columns >= widthForMyths);
  const link =
    story.message === undefined && story.link !== undefined ? plainText(story.link, glyphs) : undefined;
  // The note also gets the rows that a short narration leaves free.
  const spare = Math.max(0, layout.narrationLines - shown.length);
  const above = [
    ...(told.length > 0 ? told : noteRows(note, Math.min(2, layout.timelineRow - below) + spare, limits)),
    ...(link === undefined ? [] : [cut(link, noteColumns, glyphs.ellipsis)]),
  ];
  const myth = showsMyth ? mythLines(story.myth, 2 + spare - above.length, limits) : [];
  const rows = [...above, ...myth].slice(0, Math.max(told.length, 2 + spare));
  const noteRow = isBare ? layout.timelineRow - rows.length : below - Math.max(0, rows.length - 2);
  if (sign) canvas.put(noteRow, column, sign.text, sign.style);
  for (const [index, line] of rows.entries())
    canvas.put(noteRow + index, column + indent, line, story.message === undefined ? muted : plain);
};

/**
 * Returns the lines on a misconception, the myth and then the fact; empty if there is no misconception, or if both do not fit in `rows`.
 */
const mythLines = (
  myth: Extract<Story, {kind: 'narration'}>['myth'],
  rows: number,
  {columns, glyphs}: {readonly columns: number; readonly glyphs: Glyphs},
): readonly string[] => {
  if (myth === undefined) return [];
  const [believed, fact] = myth.map((text) => wrap(plainText(text, glyphs), columns));
  const whole = [...(believed ?? []), ...(fact ?? [])];
  return whole.length <= rows ? whole : [];
};

type Row = {
  readonly text: string;
  readonly style: Style;
  readonly mark?: {readonly text: string; readonly style: Style};
  /** A second text in the same row of the story, `at` columns from the first one. */
  readonly behind?: {readonly text: string; readonly style: Style; readonly at: number};
};

/** The gap in columns between the given answer and the right one. */
const verdictGap = 6;

const emptyRow: Row = {text: '', style: plain};

/** The number of rows that a question leaves to the ladder: title, heads of the lifelines, states and a packet. */
const pictureRows = 5;

/** Returns the rows of a question's choices, two in a row; undefined if one choice is too long for that. */
const pairedChoices = (
  {choices}: Extract<Story, {kind: 'question'}>,
  columns: number,
  glyphs: Glyphs,
): Row[] | undefined => {
  const half = Math.floor(columns / 2);
  const texts = choices.map(({sign, text}) => plainText(`${sign}   ${text}`, glyphs));
  if (texts.some((text) => textWidth(text) > half - 2)) return undefined;
  return Array.from({length: Math.ceil(texts.length / 2)}, (_, row) => ({
    text: `${padEnd(texts[2 * row] ?? '', half)}${texts[2 * row + 1] ?? ''}`.trimEnd(),
    style: plain,
  }));
};

const questionRows = (story: Extract<Story, {kind: 'question'}>, {layout, glyphs}: Options): Row[] => {
  const {columns} = layout.narration;
  const ask = wrapWhole(plainText(story.ask, glyphs), columns).map((text, index) => ({
    text,
    style: {role: 'text' as const, bold: true},
    ...(index === 0 ? {mark: {text: glyphs.question, style: accent}} : {}),
  }));
  const choices = story.choices.flatMap(({sign, text}) =>
    wrap(plainText(text, glyphs), columns - 4).map((line, index) => ({
      text: `${index === 0 ? sign : ' '}   ${line}`,
      style: plain,
    })),
  );
  const hint =
    story.hint === undefined
      ? [emptyRow]
      : wrap(plainText(story.hint, glyphs), columns).map((text) => ({text, style: muted}));
  const again =
    story.again === undefined
      ? []
      : wrap(plainText(story.again, glyphs), columns).map((text, index) => ({
          text,
          style: plain,
          ...(index === 0 ? {mark: {text: glyphs.lost, style: {role: 'warning'} as const}} : {}),
        }));
  // A question of several lines is drawn without the blank row below the choices, rather than take a row of the ladder that it asks about.
  const air = layout.kind === 'medium' && ask.length > 1 ? [] : [emptyRow];
  if (layout.kind !== 'small') return [...ask, emptyRow, ...choices, ...air, ...again, ...hint];
  const rows = [...ask, ...choices, ...again, ...(story.hint === undefined ? [] : hint)];
  // On a small screen, choices stand beside each other if the ladder would otherwise lose its heads or its newest packet.
  const room = layout.timelineRow - 2 - pictureRows;
  return rows.length <= room
    ? rows
    : [
        ...ask,
        ...(pairedChoices(story, columns, glyphs) ?? choices),
        ...rows.slice(ask.length + choices.length),
      ];
};

/** Returns the rows of a run's ending: the lesson's other runs (what-ifs) that the reader can choose, with the marked one highlighted. */
const endingRows = (story: Extract<Story, {kind: 'ending'}>, {layout, glyphs}: Options): Row[] => {
  const {columns} = layout.narration;
  const heading: Row = {
    text: plainText(story.heading, glyphs),
    style: {role: 'text', bold: true},
    mark: {text: glyphs.question, style: accent},
  };
  const digits = String(story.choices.length).length;
  const choices = story.choices.flatMap(({id, text}) =>
    wrap(plainText(text, glyphs), columns - digits - 3).map((line, index): Row => {
      const isMarked = id === story.marked;
      const row = {
        text: padEnd(`${(index === 0 ? id : '').padStart(digits)}   ${line}`, columns),
        style: isMarked ? ({role: 'text', bold: true, selected: true} as const) : plain,
      };
      const mark = {text: `${index === 0 ? glyphs.selected : ' '} `, style: {...accent, selected: true}};
      return isMarked ? {...row, mark} : row;
    }),
  );
  const air = layout.kind === 'small' ? [] : [emptyRow];
  const check = story.check === undefined ? [] : [{text: plainText(story.check, glyphs), style: muted}];
  return [heading, ...air, ...choices, ...(check.length > 0 ? air : []), ...check];
};

type Reply = Extract<Story, {kind: 'reply'}>;

/** The number of columns before the text of a choice, and before the myth and fact below it. */
const choiceIndent = 5;

/** Returns the rows of all choices of an answered question, shown to an audience; `withBeliefs` adds myth and fact below wrong choices. */
const choicesShown = ({all}: Reply, {layout, glyphs}: Options, withBeliefs: boolean): readonly Row[] => {
  const columns = layout.narration.columns + 2 - choiceIndent;
  const signs = {right: glyphs.right, given: glyphs.lost, other: ' '};
  const styles: {readonly [is in ChoiceShown['is']]: Style} = {
    right: {role: 'right', bold: true},
    given: {role: 'warning', bold: true},
    other: plain,
  };
  return all.flatMap(({sign, text, is, myth, fact}) => {
    const said = withBeliefs ? [myth, fact] : [];
    return [
      ...wrap(plainText(text, glyphs), columns).map((line, index) => ({
        text: `${index === 0 ? `${signs[is]} ${sign}  ` : padEnd('', choiceIndent)}${line}`,
        style: styles[is],
      })),
      ...said.flatMap((each) =>
        each === undefined
          ? []
          : wrap(plainText(each, glyphs), columns).map((line) => ({
              text: `${padEnd('', choiceIndent)}${line}`,
              style: muted,
            })),
      ),
    ];
  });
};

const explanationRows = ({paragraphs}: Reply, {layout, glyphs}: Options): readonly Row[] =>
  paragraphs.flatMap((paragraph) => [
    emptyRow,
    ...wrapWhole(plainText(paragraph, glyphs), layout.narration.columns + 2).map((text) => ({
      text,
      style: plain,
    })),
  ]);

/**
 * Returns the rows of a reply shown to an audience: all choices with the myths and facts behind them, then the explanation. If that does
 * not fit, myths and facts are left out together.
 */
const audienceRows = (story: Reply, options: Options): Row[] => {
  const explanation = explanationRows(story, options);
  const whole = [...choicesShown(story, options, true), ...explanation];
  return whole.length <= roomOf(options) ? whole : [...choicesShown(story, options, false), ...explanation];
};

const roomOf = ({layout}: Options): number => layout.timelineRow - 4;

const replyRows = (story: Reply, {layout, glyphs}: Options): Row[] => {
  const columns = layout.narration.columns + 2;
  const {given, right} = story;
  const said = (choice: StoryChoice): string => plainText(`${choice.sign}  ${choice.text}`, glyphs);
  const ok: Row = {text: `${glyphs.right} ${said(right)}`, style: {role: 'right', bold: true}};
  // If the reader asked to be shown the answer, he has given none, and only the right one is shown.
  const verdicts =
    given === undefined || given.id === right.id
      ? [ok]
      : [{text: `${glyphs.lost} ${said(given)}`, style: {role: 'warning', bold: true} as const}, ok];
  const [first = ok] = verdicts;
  const gap = textWidth(first.text) + verdictGap;
  const heading: readonly Row[] =
    verdicts.length > 1 && gap + textWidth(ok.text) <= columns
      ? [{...first, behind: {...ok, at: gap}}]
      : verdicts.flatMap(({text, style}) => wrap(text, columns).map((line) => ({text: line, style})));
  return [...heading, ...explanationRows(story, {layout, glyphs})];
};

const usualTop = ({kind, narration}: Options['layout']): number =>
  kind === 'medium' ? narration.row - 2 : narration.row;

/** Returns the number of rows that the question took when it was answered; 0 unless its reply is shown. */
const rowsOfQuestion = (scene: Scene, options: Options): number =>
  scene.story.kind === 'reply' ? storyRows({...scene, story: scene.story.asked}, options).length : 0;

/** Returns the number of rows that the reply to a question can take without moving the ladder. */
const usualRows = (scene: Scene, options: Options): number =>
  Math.max(rowsOfQuestion(scene, options), options.layout.timelineRow - 1 - usualTop(options.layout));

/** Returns rows of a story with blank rows removed, the last ones first, until the rest fits in `room`. */
const withoutAir = (rows: readonly Row[], room: number): Row[] => {
  const air = rows.findLastIndex(({text}) => text === '');
  return rows.length <= room || air < 0 ? [...rows] : withoutAir(rows.toSpliced(air, 1), room);
};

/** Returns the rows of a question, reply or ending, as many as fit above the timeline; empty for narration. */
const storyRows = (scene: Scene, options: Options): Row[] => {
  const {story} = scene;
  if (story.kind === 'narration') return [];
  const rows =
    story.kind === 'question'
      ? questionRows(story, options)
      : story.kind === 'ending'
        ? endingRows(story, options)
        : story.all.length > 0
          ? audienceRows(story, options)
          : withoutAir(replyRows(story, options), usualRows(scene, options));
  const room = roomOf(options);
  if (rows.length <= room) return rows;
  // If a question or reply still does not fit, all blank rows are removed, then the last rows.
  return rows.filter(({text}) => text !== '').slice(0, room);
};

export type Rows = {readonly top: number; readonly last: number};

/** The first and last screen row of the narration or question; `floor` is the last row above the timeline. */
export type StoryPlace = Rows & {readonly floor: number};

/** Returns the first and last screen row of a question, its reply or the ending; undefined for narration, which has its own region. */
export const storySpan = (scene: Scene, options: Options): Rows | undefined => {
  const rows = storyRows(scene, options);
  if (rows.length === 0) return undefined;
  const {timelineRow} = options.layout;
  const asked = rowsOfQuestion(scene, options);
  // If there is room, a question or reply begins at its usual row, so that the ladder does not move when the question opens or is answered.
  const top = Math.min(timelineRow - 1 - Math.max(rows.length, asked), usualTop(options.layout));
  return {top, last: top + rows.length - 1};
};

export const putStory = (canvas: Canvas, scene: Scene, options: Options): void => {
  const {story} = scene;
  if (story.kind === 'narration') {
    const focused = scene.view.input.playback.focus === 'narration';
    putNarration(canvas, story, {...options, focused});
    return;
  }
  const {top} = storySpan(scene, options) ?? {top: 0};
  const {column} = options.layout.narration;
  const textColumn = story.kind === 'reply' ? column - 2 : column;
  for (const [index, {text, style, mark, behind}] of storyRows(scene, options).entries()) {
    if (mark) canvas.put(top + index, column - 2, mark.text, mark.style);
    canvas.put(top + index, textColumn, text, style);
    if (behind) canvas.put(top + index, textColumn + behind.at, behind.text, behind.style);
  }
};
