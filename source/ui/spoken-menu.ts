// Menu and Settings for ears: what can be chosen, where the mark is, and where the arrows lead it.

import {type Language, worded} from '../lesson/text.ts';
import {lessonsInTrack, lessonsInTracks, menuLabels, menuWords} from '../words/catalogue/menu.ts';
import {progressWords} from '../words/catalogue/progress.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {readerWords} from '../words/catalogue/reader.ts';
import {trackNames} from '../words/catalogue/tracks.ts';
import {ended} from '../words/spoken.ts';
import {spokenText} from '../words/spoken-text.ts';
import type {Mark} from './app-keys.ts';
import type {AppState} from './app-state.ts';
import {type LessonEntry, lessonsOf, menuRows, trackRows} from './menu-state.ts';
import {settingIds} from './settings.ts';
import {menuNote, settingValue, settingWords} from './words.ts';

type Row = {readonly mark: Mark; readonly words: string; readonly isMarked: boolean};

const joined = (language: Language, ...parts: readonly string[]): string =>
  spokenText(parts.join(punctuation.comma[language]), language);

function itemRows(state: AppState): readonly Row[] {
  const {lessons, menu, preferences} = state;
  const {language} = preferences;
  const total = worded(lessonsInTracks, {lessons: lessons.length, tracks: trackRows(lessons).length});
  return menuRows(state).map((item) => {
    const note = menuNote(item, total, state);
    return {
      mark: {kind: 'item', item},
      words: joined(language, menuLabels[item][language], note[language]),
      isMarked: item === menu.item,
    };
  });
}

const lessonWords = ({id, title, minutes, summary}: LessonEntry, state: AppState): string => {
  const {language} = state.preferences;
  const known = state.learner?.lessons.get(id);
  const far =
    known === undefined ? [] : [(known.finished ? progressWords.done : progressWords.begun)[language]];
  const head = joined(language, title[language], worded(readerWords.minutes, {minutes})[language], ...far);
  return `${head}${punctuation.colon[language]}${spokenText(summary[language], language)}`;
};

/** The list that has the keys. */
function rowsOf(state: AppState): readonly Row[] {
  const {lessons, menu, preferences, screen, setting} = state;
  const {language} = preferences;
  if (screen === 'settings')
    return settingIds.map((id) => ({
      mark: {kind: 'setting', id},
      words: joined(language, settingWords[id].label[language], settingValue(id, preferences)),
      isMarked: id === setting,
    }));
  if (menu.level === 'main') return itemRows(state);
  if (menu.level === 'tracks')
    return trackRows(lessons).map(({track, lessons: within}) => ({
      mark: {kind: 'track', track},
      words: joined(
        language,
        trackNames[track][language],
        lessonsInTrack[language]({lessons: within.length}),
      ),
      isMarked: track === menu.track,
    }));
  return lessonsOf(menu, lessons).map((lesson) => ({
    mark: {kind: 'lesson', id: lesson.id},
    words: lessonWords(lesson, state),
    isMarked: lesson.id === menu.lesson,
  }));
}

/** The marked row, and the ones that up and down lead to, round and round. */
export function markNow(state: AppState): Mark | undefined {
  return rowsOf(state).find(({isMarked}) => isMarked)?.mark;
}

export function markBeside(state: AppState, by: 1 | -1): Mark | undefined {
  const rows = rowsOf(state);
  const at = markedIndex(state);
  return rows[(at + by + rows.length) % rows.length]?.mark;
}

const markedIndex = (state: AppState): number => rowsOf(state).findIndex(({isMarked}) => isMarked);

/** `2 of 3: Choose a lesson, 3 lessons in 2 tracks.` */
export function markLine(state: AppState): string {
  const {language} = state.preferences;
  const rows = rowsOf(state);
  const at = markedIndex(state);
  const colon = punctuation.colon[language];
  return ended(
    `${worded(readerWords.place, {number: at + 1, total: rows.length})[language]}${colon}${rows[at]?.words ?? ''}`,
    language,
  );
}

const headingOf = ({screen, menu, preferences: {language}}: AppState): string => {
  if (screen === 'settings') return readerWords.settings[language];
  if (menu.level === 'main') return `packet-tutor. ${menuWords.claim[language]}`;
  if (menu.level === 'tracks') return readerWords.tracks[language];
  return worded(readerWords.lessons, {
    track: menu.track === undefined ? '' : trackNames[menu.track][language],
  })[language];
};

/** The list as numbered lines, then the mark. */
export function listLines(state: AppState): readonly string[] {
  const {language} = state.preferences;
  const colon = punctuation.colon[language];
  return [
    ended(headingOf(state), language),
    ...rowsOf(state).map(({words}, index) => ended(`${index + 1}${colon}${words}`, language)),
    ended(`${readerWords.marked[language]}${colon}${markedIndex(state) + 1}`, language),
  ];
}
