// Draws the menu's lists: the tracks at the left, and the lessons of the marked track at the right.

import type {Glyphs} from '../view/glyphs.ts';
import {shelves} from '../view/shelves.ts';
import type {Line} from '../view/span.ts';
import {lessonsInTrack, menuWords} from '../words/catalogue/menu.ts';
import {repeated, textWidth} from '../words/width.ts';
import type {AppState} from './app-state.ts';
import {type LessonEntry, lessonsOf, shelfAt} from './menu-state.ts';
import {blank, listRow, span} from './rows.ts';

/** The number of columns for the menu's list of tracks, including the space after it; `minutesColumns` is for a lesson's minutes. */
const trackColumns = 35;
const minutesColumns = 8;
/** The number of columns before a lesson's title in the menu, for the mark of the row. */
const markColumns = 3;
/**
 * The least number of columns for the menu's list of lessons if there is room, so that the minutes are near the titles even on a wide
 * screen.
 */
const usualLessonColumns = 52;

/**
 * Returns the number of columns for the menu's list of lessons, the same for all tracks: if there is room, the longest title of any track
 * fits.
 */
const lessonColumns = ({lessons, preferences: {language}}: AppState, room: number): number => {
  const titles = lessons.map(({title}) => textWidth(title[language]) + 2);
  return Math.min(
    room,
    Math.max(usualLessonColumns, ...titles.map((title) => title + markColumns + minutesColumns + 1)),
  );
};

/**
 * The least number of columns at which tracks and lessons fit side by side; on a narrower screen only the list that has the keys is shown.
 */
const widthForBoth = 60;

/** Returns the number of rows that the menu's lists of tracks and lessons need, whichever track is marked. */
export function lessonListRows({lessons, menu}: AppState, columns: number): number {
  const rows = shelves(lessons);
  const right = 1 + Math.max(0, ...rows.map((row) => row.lessons.length));
  if (columns >= widthForBoth) return Math.max(rows.length, right);
  return menu.level === 'lessons' ? right : rows.length;
}

export function lessonLists(state: AppState, glyphs: Glyphs, columns: number): readonly Line[] {
  if (columns < widthForBoth)
    return state.menu.level === 'lessons' ? lessonRows(state, glyphs, columns) : tracks(state, glyphs);
  const left = tracks(state, glyphs);
  const right = lessonRows(state, glyphs, columns - trackColumns);
  return Array.from({length: Math.max(left.length, right.length)}, (_, row) => {
    const track = left[row] ?? blank;
    const width = track.reduce((sum, {text}) => sum + textWidth(text), 0);
    return [...track, span(repeated(' ', trackColumns - width)), ...(right[row] ?? blank)];
  });
}

function tracks({menu, lessons, preferences: {language}}: AppState, glyphs: Glyphs): readonly Line[] {
  const marking = {main: 'ahead', tracks: 'here', lessons: 'through'} as const;
  return shelves(lessons).map((row) =>
    listRow({
      label: {text: row.name[language], width: 17},
      rest: [{text: lessonsInTrack[language]({lessons: row.lessons.length}), width: 11, role: 'muted'}],
      width: trackColumns - 4,
      glyphs,
      isMarked: row.key === menu.track,
      marking: marking[menu.level],
    }),
  );
}

/**
 * Returns the sign before a lesson's title in the menu: faulty, new, begun or finished; empty if the learner's progress is not stored and
 * the lesson is not faulty.
 */
function progressMark({learner}: AppState, {id, fault}: LessonEntry, glyphs: Glyphs): string {
  if (fault) return `${glyphs.lost} `;
  if (learner === undefined) return '';
  const known = learner.lessons.get(id);
  const mark = known === undefined ? glyphs.toDo : known.finished ? glyphs.done : glyphs.begun;
  return `${mark} `;
}

function lessonRows(state: AppState, glyphs: Glyphs, columns: number): readonly Line[] {
  const {menu, lessons, preferences} = state;
  const {language} = preferences;
  const width = lessonColumns(state, columns - 1);
  const heading = shelfAt(menu, lessons)?.name[language] ?? '';
  const rows = lessonsOf(menu, lessons).map((lesson) => {
    const {id, title, minutes, fault} = lesson;
    const time = fault ? '' : `${String(minutes).padStart(2)} ${menuWords.minutes[language]}`;
    return listRow({
      label: {
        text: `${progressMark(state, lesson, glyphs)}${title[language]}`,
        width: Math.max(0, width - markColumns - minutesColumns),
      },
      rest: [{text: time, width: minutesColumns, role: 'muted'}],
      width,
      glyphs,
      isMarked: id === menu.lesson,
      marking: menu.level === 'lessons' ? 'here' : 'ahead',
    });
  });
  return [[span(`   ${heading}`, 'muted')], ...rows];
}
