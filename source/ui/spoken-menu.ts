// The menu and Settings as sentences for a screen reader: the choices, and the marked one.

import {type Language, worded} from '../lesson/text.ts';
import {lessonsInTrack, lessonsInTracks, menuWords} from '../words/catalogue/menu.ts';
import {progressWords} from '../words/catalogue/progress.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {readerWords} from '../words/catalogue/reader.ts';
import {ended} from '../words/spoken.ts';
import {spokenText} from '../words/spoken-text.ts';
import type {AppState} from './app-state.ts';
import {counted, type LessonEntry, type Mark, markable, shelfAt} from './menu-state.ts';
import {menuLabel, menuNote, settingValue, settingWords} from './words.ts';

const joined = (language: Language, ...parts: readonly string[]): string =>
  spokenText(parts.join(punctuation.comma[language]), language);

const lessonWords = ({id, title, minutes, summary, fault}: LessonEntry, state: AppState): string => {
  const {language} = state.preferences;
  if (fault) return spokenText(fault[language], language);
  const known = state.learner?.lessons.get(id);
  const far =
    known === undefined ? [] : [(known.finished ? progressWords.done : progressWords.begun)[language]];
  const head = joined(language, title[language], worded(readerWords.minutes, {minutes})[language], ...far);
  return `${head}${punctuation.colon[language]}${spokenText(summary[language], language)}`;
};

const rowWords = (row: Mark, state: AppState): string => {
  const {lessons, preferences} = state;
  const {language} = preferences;
  switch (row.kind) {
    case 'setting':
      return joined(language, settingWords[row.id].label[language], settingValue(row.id, preferences));
    case 'item': {
      const total = worded(lessonsInTracks, counted(lessons));
      return joined(
        language,
        menuLabel(row.item, state)[language],
        menuNote(row.item, total, state)[language],
      );
    }
    case 'track': {
      const {name, lessons: within} = row.shelf;
      return joined(language, name[language], lessonsInTrack[language]({lessons: within.length}));
    }
    case 'lesson':
      return lessonWords(row.lesson, state);
  }
};

/** Returns the sentence on the marked row of the menu or Settings, such as `2 of 3: Choose a lesson, 3 lessons in 2 tracks.` */
export function markLine(state: AppState): string {
  const {language} = state.preferences;
  const {rows, marked} = markable(state);
  const row = rows[marked];
  const place = worded(readerWords.place, {number: marked + 1, total: rows.length})[language];
  return ended(`${place}${punctuation.colon[language]}${row ? rowWords(row, state) : ''}`, language);
}

const headingOf = ({screen, menu, lessons, preferences: {language}}: AppState): string => {
  if (screen === 'settings') return readerWords.settings[language];
  if (menu.level === 'main') return `packet-tutor. ${menuWords.claim[language]}`;
  if (menu.level === 'tracks') return readerWords.tracks[language];
  return worded(readerWords.lessons, {
    track: shelfAt(menu, lessons)?.name[language] ?? '',
  })[language];
};

/**
 * Returns the menu or Settings as sentences: the heading of the list that has the keys, its rows as numbered lines, and the number of the
 * marked one.
 */
export function listLines(state: AppState): readonly string[] {
  const {language} = state.preferences;
  const {rows, marked} = markable(state);
  const colon = punctuation.colon[language];
  return [
    ended(headingOf(state), language),
    ...rows.map((row, index) => ended(`${index + 1}${colon}${rowWords(row, state)}`, language)),
    ended(`${readerWords.marked[language]}${colon}${marked + 1}`, language),
  ];
}
