// Draws the pages of review and progress: a scrolling list with a mark, and below it what the marked row is about, the days, the tracks.
// A misconception takes two lines of the list, as a myth and its fact.

import {type Language, worded} from '../../lesson/text.ts';
import {progressWords} from '../../words/catalogue/progress.ts';
import {cut, textWidth, wrap} from '../../words/width.ts';
import {muted, plain} from '../canvas.ts';
import {type Glyphs, isAscii} from '../glyphs.ts';
import type {Note} from '../note.ts';
import type {PageFrame} from '../page-frame.ts';
import type {Line} from '../span.ts';
import {lastColumns, type PageRowOf, progressRows, reviewRows, rowLines, wordsFor} from './page-rows.ts';
import {
  challengeTold,
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
  /** The index of the marked row on the page of review or progress. */
  readonly row: number;
};

type Look = PageFrame & {readonly language: Language; readonly note?: Note | undefined};

export const pageRows = ({kind, data}: LearnerPage): readonly PageRowOf[] =>
  kind === 'review' ? reviewRows(data) : progressRows(data);

export const markedRow = (page: LearnerPage): PageRowOf | undefined => pageRows(page)[page.row];

/**
 * Returns a later state of the review or progress page with the same row marked. If that row is gone, or is a card, the row at the same
 * index is marked.
 */
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
};

const columnsOf = (columns: number): Columns => {
  if (columns < 80) return {name: firstColumn, middle: columns - 22, now: columns - 13, next: columns};
  return columns < 120
    ? {name: firstColumn, middle: 52, now: 62, next: 71}
    : {name: firstColumn, middle: 80, now: 98, next: 108};
};

/** Returns the four cells of a row of the progress page as pieces; texts that would overlap the next cell are cut. */
const cells = (texts: readonly string[], at: Columns, {glyphs, columns}: Look): readonly Piece[] => {
  const starts = [at.name, at.middle, at.now, at.next];
  const ends = [at.middle, at.now, at.next, columns];
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
  if (each.kind !== 'belief' || each.standing === undefined) return '';
  return marksOf(each.standing, isAscii(glyphs), at.now - at.middle - 3);
};

const wholeRow = (name: string, {columns, glyphs}: Look): Piece => ({
  column: firstColumn,
  text: cut(name, columns - firstColumn - 1, glyphs.ellipsis),
  style: plain,
});

const progressCells = (each: PageRowOf, page: LearnerPage, look: Look): readonly Piece[] => {
  const at = columnsOf(look.columns);
  const [name] = rowLines(each, page.data, look.language);
  if (each.kind === 'card' || each.kind === 'way') return [wholeRow(name, look)];
  const texts = [
    `${signOf(each, look.glyphs)}${name}`,
    middleOf(each, at, look),
    ...lastColumns(each, page.data.here, look.language),
  ];
  return cells(texts, at, look);
};

const reviewCells = (each: PageRowOf, {data}: LearnerPage, look: Look): readonly Piece[] => {
  const {columns, language, glyphs} = look;
  const [name] = rowLines(each, data, language);
  if (each.kind !== 'card') return [wholeRow(name, look)];
  const when = (each.isDue ? progressWords.dueNow : dueText(each.card.dueMs, data.here))[language];
  const end = Math.min(columns - 1, columns < 120 ? 78 : 117);
  const whenAt = end - textWidth(when);
  const lastAt = columns < 80 ? 32 : end - 36;
  const last = cut(lastWords(each.card, data.here, language), whenAt - lastAt - 2, glyphs.ellipsis);
  return [
    {...wholeRow(name, look), text: cut(name, lastAt - firstColumn - 1, glyphs.ellipsis)},
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
  const {belief, now, next, lesson, rightAnswers, check, waysOn, waysToo, dueLater} = progressWords;
  const oldestFirst = look.columns < 120 ? progressWords.answersOnly : progressWords.oldestFirst;
  const first = (is: (each: PageRowOf) => boolean): number => rows.findIndex(is);
  const {later} = page.data.standing;
  const place = first(({kind}) => kind === 'way');
  const ways = {at: place, row: row((place > 0 ? waysToo : waysOn)[language], muted)};
  if (page.kind === 'review') {
    const after = row(dueLater[language], muted);
    return [ways, {at: later.length === 0 ? -1 : rows.length - later.length, row: after}];
  }
  return [
    ways,
    {
      at: first(({kind}) => kind === 'belief'),
      row: head(belief[language], oldestFirst[language], now[language], next[language]),
    },
    {
      at: first(({kind}) => kind === 'lesson'),
      row: head(lesson[language], rightAnswers[language], now[language], check[language]),
    },
  ];
};

/** Returns the rows of the list on the review or progress page, with headings between them. */
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
    const [, fact] = rowLines(each, page.data, look.language);
    const end = Math.min(look.columns - 1, 118);
    const below = [fact ?? []].flat().map((text): ListRow => {
      const [cutText, style] = [
        cut(text, end - firstColumn, look.glyphs.ellipsis),
        {...muted, bold: isMarked},
      ];
      return {pieces: [{column: firstColumn, text: cutText, style}], isSecond: true};
    });
    return [...before, {pieces: shown}, ...below];
  });
};

/**
 * The number of rows below the list for texts on the marked row, reserved even if there are none, so that the list does not move: the
 * longest misconception and its fact take six.
 */
const toldRows = (rows: number): number => (rows < 30 ? 4 : 6);

const toldOf = (page: LearnerPage, look: Look): readonly PageRow[] => {
  const most = toldRows(look.rows);
  const lines = wordsFor(markedRow(page), page.data, look.language).flatMap((text) =>
    wrap(text, textColumns(look.columns, look.language) - 2),
  );
  return [
    {pieces: []},
    ...Array.from({length: most}, (_, index): PageRow => {
      const text = lines[index];
      const isCut = index === most - 1 && lines.length > most;
      if (text === undefined) return {pieces: []};
      return toldRow(isCut ? `${text}${look.glyphs.ellipsis}` : text, look.glyphs);
    }),
  ];
};

/** Returns the blocks of rows below the list of the review or progress page, the most important first. */
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
    block([...trackLines(whole, width), ...challengeTold(whole)]),
    block(wrap(progressWords.where[language], width)),
  ];
};

/** The list of the review or progress page keeps this many rows at least; blocks below it that would take them are left out. */
const leastList = 10;

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
  const {title, conditions} = headWords({...page.data, language, ascii: false}, page.kind);
  const marked = list.filter(({isHeading, isSecond}) => !isHeading && !isSecond)[page.row];
  const shown = inSight(list, {
    sight: marked === undefined ? -1 : list.indexOf(marked),
    room: room - below.length,
    more: (sign, count) => `${glyphs[sign]} ${worded(progressWords.more, {count})[language]}`,
  });
  const body = [...shown, ...below];
  return quizPage({title, beside: '', conditions, body, note}, look);
};
