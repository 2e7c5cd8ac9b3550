// The words of the menu and of Settings that depend on the state, in all languages.
import {type Language, type Text, worded} from '../lesson/text.ts';
import {solvedIn} from '../view/challenge/challenge-list.ts';
import {graphSample} from '../view/glyphs.ts';
import type {Message} from '../view/note.ts';
import {challengeListWords, menuChallenges, menuTried} from '../words/catalogue/challenge-page.ts';
import {inEvery, languages} from '../words/catalogue/language.ts';
import {
  forThisSittingWords,
  graphNames,
  languageNames,
  menuLabels,
  menuNotes,
  menuSentences,
  menuTitleWords,
  motionLabels,
  mouseNames,
  outputNames,
  reasonNames,
  signNames,
  themeLabels,
  valueNames,
} from '../words/catalogue/menu.ts';
import {captureNote} from '../words/open-capture.ts';
import type {AppState} from './app-state.ts';
import {firstLesson, type MenuItem} from './menu-state.ts';
import type {ThemeName} from './palettes.ts';
import type {Preferences} from './preferences.ts';
import type {LearnerNote} from './quiz-round.ts';
import type {SettingId} from './settings.ts';

/** Returns a note on how many cards are due, and how many misconceptions are left to correct. */
const learnerNote = ({due, toCorrect}: LearnerNote): Text => {
  const words = menuSentences.learnerNote;
  const weak = toCorrect === 0 ? words.weak.none : worded(words.weak.some, {weak: toCorrect});
  return due === 0 ? worded(words.nothingDue, {weak}) : worded(words.due, {due, weak});
};

/**
 * Returns the note at the right of the menu's entry for challenges: how many are solved, and the title of today's challenge, or that it is
 * solved.
 */
const challengesNote = (list: LearnerNote['challenges']): Text => {
  const {entries = [], today} = list ?? {};
  return worded(menuChallenges, {
    solved: solvedIn(entries),
    of: entries.length,
    today: today && (today.solved ? challengeListWords.solved : today.title),
  });
};

const noLearner: LearnerNote = {due: 0, toCorrect: 0, weak: new Set(), lessons: new Map()};

export const menuLabel = (item: MenuItem, state: Pick<AppState, 'lessons' | 'learner' | 'left'>): Text =>
  item === 'watch' && (state.learner?.tried || firstLesson(state)?.isZero === false)
    ? menuLabels.goOn
    : menuLabels[item];

/** Returns the note at the right of a menu's entry, such as the lesson that it opens. */
export const menuNote = (
  item: MenuItem,
  lessons: Text,
  state: Pick<AppState, 'lessons' | 'learner' | 'left' | 'openable'>,
): Text => {
  const {learner, openable} = state;
  if (item === 'watch' && learner?.tried) return worded(menuTried, {title: learner.tried.title});
  const first = item === 'watch' ? firstLesson(state) : undefined;
  if (first?.left) return worded(menuSentences.leftNote, {title: first.lesson.title, ...first.left});
  if (first?.isZero === false) return first.lesson.title;
  if (item === 'lessons') return lessons;
  if (item === 'capture') return captureNote(openable?.last);
  if (item === 'challenges') return challengesNote(learner?.challenges);
  return item === 'review' ? learnerNote(learner ?? noLearner) : menuNotes[item];
};

export const settingWords: {readonly [id in SettingId]: {readonly label: Text; readonly note: Text}} = {
  ...menuSentences.setting,
  language: {
    label: menuSentences.setting.language.label,
    note: worded(menuSentences.setting.language.note, {names: languages.map((each) => languageNames[each])}),
  },
  graphs: {
    label: menuSentences.setting.graphs.label,
    note: worded(menuSentences.setting.graphs.note, {graphSample: graphSample('braille')}),
  },
};

/** Returns the present value of a setting of the program, such as colours or mouse, as a word in the chosen language. */
export function settingValue(
  id: SettingId,
  {language, theme, motion, allValues, reasons, ascii, graphs, mouse, screenReader}: Preferences,
): string {
  switch (id) {
    case 'language':
      return languageNames[language];
    case 'theme':
      return themeLabels[theme][language];
    case 'motion':
      return motionLabels[motion][language];
    case 'allValues':
      return valueNames[allValues ? 'all' : 'met'][language];
    case 'reasons':
      return reasonNames[reasons ?? 'finished'][language];
    case 'ascii':
      return signNames[ascii ? 'ascii' : 'unicode'][language];
    case 'graphs':
      return `${graphNames[graphs][language]} ${graphSample(graphs)}`;
    case 'mouse':
      return mouseNames[mouse ? 'on' : 'off'][language];
    case 'screenReader':
      return outputNames[screenReader ? 'sentences' : 'pictures'][language];
  }
}

/** Returns the message that a setting was changed by a key outside of the Settings screen, and so holds only until the program ends. */
export const forThisSitting = (id: SettingId, preferences: Preferences): Message => {
  const {label} = settingWords[id];
  const value = (language: Language): string =>
    id === 'language' ? languageNames[preferences.language] : settingValue(id, {...preferences, language});
  return {...worded(forThisSittingWords, {now: inEvery(value), label}), isDone: true};
};

/** Returns the text at the right of the menu's title: the language and the theme. */
export const menuTitle = (theme: ThemeName): Text =>
  worded(menuTitleWords, {language: inEvery((language) => language), themeLabels: themeLabels[theme]});
