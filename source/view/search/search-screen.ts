// Draws the page for looking things up. From top to bottom: title and number of results · typed text · results · text on the marked one ·
// what `enter` opens · keys.
import {type Language, worded} from '../../lesson/text.ts';
import {menuWords} from '../../words/catalogue/menu.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {searchWords as say} from '../../words/catalogue/search.ts';
import {cut, shorterBy, textWidth, wrap} from '../../words/width.ts';
import {terminal} from '../../words/written.ts';
import {accent, Canvas, muted, plain} from '../canvas.ts';
import {plainText} from '../glyphs.ts';
import {firstInSight} from '../in-sight.ts';
import {textColumn as column, type PageLook, putMark, putPageFoot, putPageTitle} from '../list-page.ts';
import type {Line} from '../span.ts';
import {shownLine} from '../typed-line.ts';
import {isTooLong, lengthOf, mostCharacters} from './query-length.ts';
import {type Findable, isLoading, markedIn, type SearchState, toldOf} from './search-state.ts';

/** Options for drawing the search page; `isOpening` is true while a result is being opened. */
type Look = PageLook & {readonly isOpening: boolean};

/** The most words of similar spelling that the search page suggests if nothing was found. */
const mostNear = 5;
const lineRow = 3;
const listRow = 5;
/**
 * The number of rows of the search page below the text on the marked result: a gap, what `enter` opens, and the keys; then the gap between
 * columns.
 */
const footRows = 3;
const gap = 2;
/** The text on the marked search result takes at most this fraction of the rows: their number divided by `toldPart`. */
const toldPart = 3;

const toldRows = ({rows}: {readonly rows: number}): number =>
  Math.max(1, Math.floor((rows - listRow) / toldPart));

/** Returns how many search results the list shows on a screen with that many rows. */
export const searchRows = (look: {readonly rows: number}): number =>
  Math.max(1, look.rows - listRow - toldRows(look) - 1 - footRows + 1);

const putLine = (canvas: Canvas, state: SearchState, {language, glyphs, columns}: Look): void => {
  const word = say.line[language];
  canvas.put(lineRow, 3, word, accent);
  const at = 3 + textWidth(word) + gap;
  canvas.put(lineRow, at, shownLine(state.line, columns - at - 1, glyphs), plain);
};

const putFound = (canvas: Canvas, {found, marked}: SearchState, look: Look): void => {
  const {language, glyphs, columns} = look;
  const room = searchRows(look);
  const first = firstInSight(marked, found.length, room);
  const kindColumns = Math.max(...Object.values(say.kinds).map((kind) => textWidth(kind[language])));
  const at = column + kindColumns + gap;
  for (const [index, {kind, name, beside}] of found.slice(first, first + room).entries()) {
    const row = listRow + index;
    const isMarked = first + index === marked;
    const selected = isMarked ? {selected: true} : {};
    const aside = plainText(beside[language], glyphs);
    const asideAt = columns - 1 - textWidth(aside);
    const title = plainText(name[language], glyphs);
    const hasAside = aside !== '' && asideAt > at + Math.min(textWidth(title), columns >> 1) + gap;
    canvas.put(row, column, say.kinds[kind][language], {...muted, ...selected});
    canvas.put(row, at, cut(title, (hasAside ? asideAt - gap : columns) - at, glyphs.ellipsis), {
      ...plain,
      ...selected,
      bold: isMarked,
    });
    if (hasAside) canvas.putEnd(row, columns - 1, aside, {...muted, ...selected});
    if (isMarked) putMark(canvas, row, true, look);
  }
};

/**
 * Returns the lines that say why nothing is found: the typed text is too long, or nothing contains it; then words that are spelt like it,
 * if there are any.
 */
export const unfoundLines = ({ranking, line: {text}}: SearchState, language: Language): readonly string[] => {
  if (isTooLong(text)) return [worded(say.tooLong, {count: lengthOf(text), most: mostCharacters})[language]];
  const words = ranking.near(text).slice(0, mostNear);
  return [
    worded(say.nothing, {typed: terminal.text(text)})[language],
    ...(words.length === 0
      ? []
      : [worded(say.near, {words: words.join(punctuation.comma[language])})[language]]),
  ];
};

/** Returns the last visible line of a text that goes on, with an ellipsis after a whole word. */
const lastLine = (line: string, width: number, ellipsis: string): string =>
  `${wrap(line, width - textWidth(ellipsis) - 1)[0] ?? ''} ${ellipsis}`;

const putTold = (canvas: Canvas, state: SearchState, look: Look): void => {
  const {language, glyphs, columns} = look;
  const marked = markedIn(state);
  const most = toldRows(look);
  const width = Math.min(columns - 1, 76 - shorterBy(language)) - column + 1;
  const told = marked
    ? toldOf(marked, state).map((text) => text[language])
    : state.line.text === ''
      ? [say.empty[language]]
      : isLoading(state)
        ? [say.loading[language]]
        : unfoundLines(state, language);
  const lines = told.flatMap((text) => wrap(plainText(text, glyphs), width));
  const top = look.rows - footRows - most + 1;
  for (const [index, line] of lines.slice(0, most).entries()) {
    const isCut = index === most - 1 && lines.length > most;
    canvas.put(
      marked ? top + index : listRow + index,
      column,
      isCut ? lastLine(line, width, glyphs.ellipsis) : line,
      plain,
    );
  }
};

/** Returns a text on what `enter` opens for a search result. */
export const leadsTo = ({kind, opens}: Findable, titleOf: (lesson: string) => string) => {
  if (opens === undefined) return say.nowhere;
  const inRun = opens.run === undefined ? 'lesson' : 'run';
  const shown = kind === 'belief' ? 'belief' : opens.event === undefined ? inRun : 'sight';
  const how = kind === 'uncovered' ? 'nearest' : shown;
  return worded(say.opens[how], {title: titleOf(opens.lesson)});
};

export const searchScreen = (
  state: SearchState,
  look: Look,
  titleOf: (lesson: string) => string,
): readonly Line[] => {
  const {columns, rows, language, isOpening} = look;
  const canvas = new Canvas(columns, rows);
  const [unknown] = state.found.length > 0 ? state.ranking.unknown(state.line.text) : [];
  const counted =
    unknown === undefined
      ? worded(say.count, {found: state.found.length, all: state.ranking.all.length})
      : worded(say.nothing, {typed: unknown});
  const count = isLoading(state) ? '' : counted[language];
  putPageTitle(canvas, say.title[language], count, look);
  putLine(canvas, state, look);
  putFound(canvas, state, look);
  putTold(canvas, state, look);
  const marked = markedIn(state);
  const under = isOpening ? menuWords.opening : marked && leadsTo(marked, titleOf);
  putPageFoot(canvas, look, {under: under?.[language]});
  return canvas.lines();
};
