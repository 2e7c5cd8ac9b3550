// Draws the menu. From top to bottom: title with language and theme · what the program is · entries · tracks and lessons, or one line on
// the marked entry · text on the marked lesson, a message, or where to begin · keys.

import {worded} from '../lesson/text.ts';
import {type Glyphs, plainText} from '../view/glyphs.ts';
import {firstInSight} from '../view/in-sight.ts';
import {noteOf, noteSign} from '../view/note.ts';
import type {KeyHint} from '../view/page-frame.ts';
import {shelves} from '../view/shelves.ts';
import type {Line} from '../view/span.ts';
import {blurb, lessonsInTracks, menuWords} from '../words/catalogue/menu.ts';
import {cut, shorterBy, wrap} from '../words/width.ts';
import type {AppState} from './app-state.ts';
import {lessonListRows, lessonLists} from './lesson-lists.ts';
import {counted, firstLesson, type MenuItem, markable, menuRows} from './menu-state.ts';
import {blank, blanks, bold, keyLine, listRow, span, twoEnds, wholeOrNothing} from './rows.ts';
import type {Size} from './screen-output.ts';
import {menuLabel, menuNote, menuTitle} from './words.ts';

/** The least number of rows of a screen on which the menu says what the program is. */
const roomyRows = 20;
/**
 * The number of the menu's rows beside entries and tracks: title, what the program is, the summary of a lesson, keys, and blank rows
 * between them.
 */
const otherRows = 13;
/** The most blank rows between the menu's lists and the text below them, however tall the screen is. */
const farthestRows = 8;

type Look = Size & {readonly glyphs: Glyphs; readonly keyHints: readonly KeyHint[]};

export type MenuScreen = {
  readonly lines: readonly Line[];
  /** The lines of the screen that have the menu's entries, from index `from` to before `to`, and the index of the marked one among them. */
  readonly entries: {readonly from: number; readonly to: number; readonly marked: number};
};

export function menuScreen(state: AppState, {columns, rows, glyphs, keyHints}: Look): MenuScreen {
  const {menu} = state;
  const items = entries(state, glyphs, columns);
  const isRoomy = rows >= Math.max(roomyRows, items.length + shelves(state.lessons).length + otherRows);
  const space = isRoomy ? [blank, blank] : [blank];
  const showsTracks = menu.level !== 'main' || menu.item === 'lessons';
  const head = headRows(state, columns, isRoomy ? 2 : rows >= roomyRows ? 1 : 0);
  const told = footRows(state, glyphs, columns);
  const room = rows - head.length - items.length - 2 * space.length - told.length - 1;
  const whole = textRows(blurb[state.preferences.language], state, columns);
  // On a very small screen the menu's text below the entries is left out, because the keys matter more.
  const below = whole.length <= room ? whole : [];
  const middle = showsTracks ? lessonListRows(state, columns) : below.length;
  const gap = Math.max(0, room - middle);
  const above = Math.min(gap, farthestRows);
  const lists = showsTracks ? lessonLists(state, glyphs, columns) : below;
  const body = [...head, ...items, ...space, ...lists, ...blanks(middle - lists.length + above), ...told];
  const listsRow = head.length + items.length + space.length;
  // The row in which the menu's list with the keys begins; the list of lessons has its heading in the row above.
  const begin = {main: head.length, tracks: listsRow, lessons: listsRow + 1}[menu.level];
  const shown = Math.max(0, rows - 1);
  // If the screen is too small for all of the menu's rows, those around the marked one are shown.
  const first = firstInSight(begin + markable(state).marked, body.length, shown);
  const from = Math.max(0, head.length - first);
  return {
    lines: [...[...body, ...blanks(rows)].slice(first, first + shown), keyLine(keyHints)],
    entries: {
      from,
      to: Math.max(from, Math.min(shown, head.length + items.length - first)),
      marked: head.length + menuRows(state).indexOf(menu.item) - first - from,
    },
  };
}

function headRows(
  {preferences: {language, theme}}: AppState,
  columns: number,
  /** The number of blank rows above and below the line on what the program is; 0 leaves that line out, too. */
  gap: 0 | 1 | 2,
): readonly Line[] {
  const title = twoEnds(bold(' packet-tutor'), span(menuTitle(theme)[language], 'muted'), columns);
  if (gap === 0) return [title, blank];
  return [title, ...blanks(gap), [span(`   ${menuWords.claim[language]}`)], ...blanks(gap)];
}

function entries(state: AppState, glyphs: Glyphs, columns: number): readonly Line[] {
  const {menu, lessons, preferences} = state;
  const {language} = preferences;
  const total = worded(lessonsInTracks, counted(lessons));
  const room = columns - 28;
  const note = (item: MenuItem): string => {
    const text = menuNote(item, total, state)[language];
    // The note on the last capture has a file name, which may be long and is cut; all other notes are shown whole or not at all.
    return item === 'capture' ? cut(text, room, glyphs.ellipsis) : wholeOrNothing(text, room);
  };
  return menuRows(state).map((item) =>
    listRow({
      label: {text: menuLabel(item, state)[language], width: 24},
      rest: [{text: note(item), width: columns, role: 'muted'}],
      width: columns - 1,
      glyphs,
      isMarked: item === menu.item,
      marking: menu.level === 'main' ? 'here' : 'through',
    }),
  );
}

function footRows(state: AppState, glyphs: Glyphs, columns: number): readonly Line[] {
  const {menu, lessons, message, opening} = state;
  const {language} = state.preferences;
  const note = noteOf(message, language);
  if (note) {
    const sign = noteSign(note, glyphs);
    return [[span('   '), {text: sign.text, ...sign.style}, span(` ${note.text}`)]];
  }
  if (opening !== undefined)
    return [
      [span(`   ${(opening === 'quiz' ? menuWords.openingRound : menuWords.opening)[language]}`, 'muted')],
    ];
  if (menu.level === 'main') {
    return menu.item === 'watch' && !state.learner?.tried && firstLesson(state)?.isZero
      ? [[span(`   ${menuWords.invite[language]}`)]]
      : [blank];
  }
  const lesson = lessons.find(({id}) => id === menu.lesson);
  return lesson === undefined
    ? [blank]
    : textRows(plainText((lesson.fault ?? lesson.summary)[language], glyphs), state, columns);
}

function textRows(text: string, {preferences: {language}}: AppState, columns: number): readonly Line[] {
  // A line of text in the menu ends at column 76; Chinese text ends earlier.
  const width = Math.min(columns - 1, 76 - shorterBy(language)) - 3;
  return wrap(text, width).map((row) => [span(`   ${row}`)]);
}
