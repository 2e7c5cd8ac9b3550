// Draws the pages of review and progress: a scrolling list with a mark, and below it the correct fact for the marked misconception, the
// days, the tracks.

import {type Language, worded} from '../../lesson/text.ts';
import {progressWords} from '../../words/catalogue/progress.ts';
import {cut, textWidth, wrap} from '../../words/width.ts';
import {muted, plain} from '../canvas.ts';
import {type Glyphs, isAscii} from '../glyphs.ts';
import type {Note} from '../note.ts';
import type {PageFrame} from '../page-frame.ts';
import type {Line} from '../span.ts';
import {
  beliefOf,
  lastColumns,
  type PageRowOf,
  progressRows,
  reviewRows,
  rowName,
  wordsFor,
} from './page-rows.ts';
import {
  dayLines,
  dueText,
  headWords,
  isAskedAfresh,
  lastWords,
  marksOf,
  type Page,
  trackLines,
} from './progress-page.ts';
import {
  firstColumn,
  inSight,
  type ListRow,
  markPiece,
  type PageRow,
  type Piece,
  quizPage,
  row,
  textColumns,
  toldRow,
} from './row.ts';

export type LearnerPage = {
  readonly kind: 'review' | 'progress';
  readonly data: Omit<Page, 'language' | 'ascii'>;
  /** The index of the marked row. */
  readonly row: number;
};

type Look = PageFrame & {readonly language: Language; readonly note?: Note | undefined};

export const pageRows = ({kind, data}: LearnerPage): readonly PageRowOf[] =>
  kind === 'review' ? reviewRows(data) : progressRows(data);

export const markedRow = (page: LearnerPage): PageRowOf | undefined => pageRows(page)[page.row];

/** Returns a later state of the page with the same row marked; if that row is gone, the one that took its place is. */
export const markedAs = (before: LearnerPage | undefined, page: LearnerPage): LearnerPage => {
  if (before?.kind !== page.kind) return page;
  const marked = markedRow(before);
  const rows = pageRows(page);
  const same = rows.findIndex(({kind, id}) => kind !== 'card' && kind === marked?.kind && id === marked.id);
  return {...page, row: same >= 0 ? same : Math.max(0, Math.min(before.row, rows.length - 1))};
};

type Columns = {
  readonly name: number;
  readonly middle: number;
  readonly now: number;
  readonly next: number;
  /** The column of the words on a misconception; undefined if there is no room for them. */
  readonly words: number | undefined;
};

const columnsOf = (columns: number): Columns => {
  if (columns < 80)
    return {name: firstColumn, middle: 32, now: columns - 13, next: columns, words: undefined};
  return {name: firstColumn, middle: 34, now: 60, next: 70, words: columns < 120 ? undefined : 82};
};

/** Returns the four cells of a row as pieces; texts that would overlap the next cell are cut. */
const cells = (texts: readonly string[], at: Columns, {glyphs, columns}: Look): readonly Piece[] => {
  const starts = [at.name, at.middle, at.now, at.next];
  const ends = [at.middle, at.now, at.next, at.words ?? columns];
  return texts.flatMap((text, index) => {
    const [start = 0, end = 0] = [starts[index], ends[index]];
    const room = end - start - 1;
    return text === '' || room < 4
      ? []
      : [{column: start, text: cut(text, room, glyphs.ellipsis), style: plain}];
  });
};

const signOf = (each: PageRowOf, glyphs: Glyphs): string => {
  if (each.kind !== 'lesson') return '';
  return `${each.standing.finished ? glyphs.done : glyphs.begun} `;
};

const middleOf = (each: PageRowOf, at: Columns, {language, glyphs}: Look): string => {
  if (each.kind === 'lesson') {
    const {right, answers} = each.standing;
    return answers === 0 ? '' : worded(progressWords.score, {right, count: answers})[language];
  }
  if (each.kind === 'card' || each.standing === undefined) return '';
  return marksOf(each.standing, isAscii(glyphs), at.now - at.middle - 3);
};

const progressCells = (each: PageRowOf, page: LearnerPage, look: Look): readonly Piece[] => {
  const at = columnsOf(look.columns);
  const {here, misconceptions} = page.data;
  if (each.kind === 'card') return [];
  const texts = [
    `${signOf(each, look.glyphs)}${rowName(each, page.data)[look.language]}`,
    middleOf(each, at, look),
    ...lastColumns(each, here, look.language),
  ];
  const belief = misconceptions.find(({id}) => id === beliefOf(each))?.belief?.[look.language];
  const words = at.words === undefined || belief === undefined ? [] : [at.words];
  return [
    ...cells(texts, at, look),
    ...words.map((column) => ({
      column,
      text: cut(belief ?? '', Math.min(look.columns - 1 - column, 100), look.glyphs.ellipsis),
      style: muted,
    })),
  ];
};

const reviewCells = (each: PageRowOf, {data}: LearnerPage, look: Look): readonly Piece[] => {
  if (each.kind !== 'card') return [];
  const {columns, language, glyphs} = look;
  const when = (each.isDue ? progressWords.dueNow : dueText(each.card.dueMs, data.here))[language];
  const end = Math.min(columns - 1, 77);
  const whenAt = end - textWidth(when);
  const lastAt = columns < 80 ? 32 : 42;
  const last = cut(lastWords(each.card, data.here, language), whenAt - lastAt - 2, glyphs.ellipsis);
  return [
    {
      column: firstColumn,
      text: cut(rowName(each, data)[language], lastAt - firstColumn - 1, glyphs.ellipsis),
      style: plain,
    },
    {column: lastAt, text: last, style: plain},
    {column: whenAt, text: when, style: plain},
  ];
};

const headings = (page: LearnerPage, rows: readonly PageRowOf[], look: Look) => {
  const {language} = look;
  const at = columnsOf(look.columns);
  const head = (...words: readonly string[]): PageRow => ({
    pieces: cells(words, at, look).map((piece) => ({...piece, style: muted})),
  });
  const {belief, now, next, lesson, rightAnswers, check, unseen} = progressWords;
  const oldestFirst = look.columns < 80 ? progressWords.answersOnly : progressWords.oldestFirst;
  const first = (is: (each: PageRowOf) => boolean): number => rows.findIndex(is);
  if (page.kind === 'review') return [];
  return [
    {
      at: first((each) => each.kind === 'belief' && each.standing !== undefined),
      row: head(belief[language], oldestFirst[language], now[language], next[language]),
    },
    {
      at: first(({kind}) => kind === 'lesson'),
      row: head(lesson[language], rightAnswers[language], now[language], check[language]),
    },
    {
      at: first((each) => each.kind === 'belief' && each.standing === undefined),
      row: row(
        unseen[language]({count: rows.filter((each) => each.kind === 'belief' && !each.standing).length}),
        muted,
      ),
    },
  ];
};

/** Returns the rows of the list, with headings between them. */
const listOf = (page: LearnerPage, look: Look): readonly ListRow[] => {
  const rows = pageRows(page);
  const heads = headings(page, rows, look);
  const drawn = page.kind === 'review' ? reviewCells : progressCells;
  return rows.flatMap((each, index): readonly ListRow[] => {
    const isMarked = index === page.row;
    const pieces = drawn(each, page, look);
    const shown = isMarked
      ? [markPiece(look.glyphs), ...pieces.map((piece) => ({...piece, style: {...piece.style, bold: true}}))]
      : pieces;
    const before = heads
      .filter(({at}) => at === index)
      .flatMap(({row: head}) => (index === 0 ? [head] : [{pieces: []}, head]))
      .map((head) => ({...head, isHeading: true}) as const);
    return [...before, {pieces: shown}];
  });
};

/** The number of rows for the correct fact, reserved even if the marked row has none, so that the list does not move. */
const toldRows = 2;

const toldOf = (page: LearnerPage, look: Look): readonly PageRow[] => {
  const correct = wordsFor(page.data, markedRow(page))?.[look.language];
  const lines = correct === undefined ? [] : wrap(correct, textColumns(look.columns, look.language) - 2);
  return [
    {pieces: []},
    ...Array.from({length: toldRows}, (_, index): PageRow => {
      const text = lines[index];
      const isCut = index === toldRows - 1 && lines.length > toldRows;
      if (text === undefined) return {pieces: []};
      return toldRow(isCut ? `${text}${look.glyphs.ellipsis}` : text, look.glyphs);
    }),
  ];
};

/** Returns the blocks of rows below the list, the most important first. */
const blocksOf = (page: LearnerPage, look: Look): readonly (readonly PageRow[])[] => {
  const {language, glyphs, columns} = look;
  const width = Math.min(columns, 80) - firstColumn - 1;
  const whole: Page = {...page.data, language, ascii: isAscii(glyphs)};
  const block = (lines: readonly string[], from = 0): readonly PageRow[] =>
    lines.length === 0
      ? []
      : [{pieces: []}, ...lines.map((line, index) => row(line, index < from ? muted : plain))];
  const told = toldOf(page, look);
  if (page.kind === 'review') {
    return [told, block(isAskedAfresh(page.data.standing) ? [progressWords.fresh[language]] : [])];
  }
  return [
    told,
    block(dayLines(whole, {form: glyphs.plot, width}), 1),
    block(trackLines(whole, width)),
    block(wrap(progressWords.where[language], width)),
  ];
};

/** The least number of rows of a list that is worth showing. */
const leastList = 5;

export const learnerPageScreen = (page: LearnerPage, look: Look): readonly Line[] => {
  const {language, rows, note, glyphs} = look;
  const list = listOf(page, look);
  const room = rows - 4 - (note === undefined ? 0 : 1);
  const least = Math.min(list.length, leastList);
  let below: readonly PageRow[] = [];
  for (const block of blocksOf(page, look)) {
    if (least + below.length + block.length > room) break;
    below = [...below, ...block];
  }
  const {title, conditions, begin} = headWords(
    {...page.data, language, ascii: false},
    page.kind,
    'beginHere',
  );
  const width = textColumns(look.columns, language);
  const beginRows = begin === undefined ? [] : [...wrap(begin, width).map((line) => row(line)), {pieces: []}];
  const marked = list.filter(({isHeading}) => !isHeading)[page.row];
  const shown = inSight(list, {
    sight: marked === undefined ? -1 : list.indexOf(marked),
    room: room - below.length - beginRows.length,
    more: (sign, count) => `${glyphs[sign]} ${worded(progressWords.more, {count})[language]}`,
  });
  const body = [...beginRows, ...shown, ...below];
  return quizPage({title, beside: '', conditions, body, note}, look);
};
