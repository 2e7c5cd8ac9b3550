// The app as sentences for a screen reader: on a state, and on the change from one state to the next.

import type {Language} from '../lesson/text.ts';
import {changeLines, statusLines} from '../tell/spoken/player.ts';
import {capturesNews, capturesSentences} from '../view/captures/captures-sentences.ts';
import {challengesNews, challengesSentences} from '../view/challenge/challenge-list-screen.ts';
import type {Told} from '../view/guarded.ts';
import {interviewNews, interviewSentences} from '../view/interview/interview-sentences.ts';
import {exportNews, exportSentences} from '../view/picker/export-sentences.ts';
import {pickerNews, pickerSentences} from '../view/picker/picker-sentences.ts';
import {type LearnerPage, markedRow} from '../view/quiz/learner-page.ts';
import {learnerSentences} from '../view/quiz/learner-sentences.ts';
import {rowSentence} from '../view/quiz/page-rows.ts';
import {quizNews, quizSentences} from '../view/quiz/quiz-sentences.ts';
import type {SceneInput} from '../view/scene-input.ts';
import {searchNews, searchSentences} from '../view/search/search-sentences.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {readerWords} from '../words/catalogue/reader.ts';
import {failedLines} from '../words/failed.ts';
import {ended, spokenSentence} from '../words/spoken.ts';
import type {AppState} from './app-state.ts';
import type {OpenPicker} from './capture-state.ts';
import {keyContext} from './key-context.ts';
import {type PlayerState, sceneInput} from './player.ts';
import {referenceIn} from './quiz-reference.ts';
import type {OpenQuiz} from './quiz-round.ts';
import {lessonTitles} from './search.ts';
import {settingIds} from './settings.ts';
import {helpLines, keyLine} from './spoken-keys.ts';
import {listLines, markLine} from './spoken-menu.ts';
import {overlayNews, overlaySaid} from './spoken-overlay.ts';
import {settingValue, settingWords} from './words.ts';

const heard = (player: PlayerState, told: Told | undefined): SceneInput =>
  sceneInput(player, {message: undefined, told});

const isHelp = (state: AppState): boolean => keyContext(state) === 'help';

const earsOf = (quiz: OpenQuiz, state: AppState) => ({
  language: state.preferences.language,
  reference: referenceIn(state, quiz),
});

const inSentences = (lines: readonly string[], language: Language): readonly string[] =>
  lines.map((line) => spokenSentence(line, language));

const quizLines = (quiz: OpenQuiz, state: AppState): readonly string[] =>
  inSentences(quizSentences(quiz.state, earsOf(quiz, state)), state.preferences.language);

const quizChange = (before: OpenQuiz, after: OpenQuiz, state: AppState): readonly string[] =>
  before.round === after.round
    ? inSentences(quizNews(before.state, after.state, earsOf(after, state)), state.preferences.language)
    : quizLines(after, state);

const pageLines = (page: LearnerPage, {preferences: {language}}: AppState): readonly string[] =>
  inSentences(learnerSentences(page, language), language);

/** Returns sentences on the newly marked row of a page of review or progress; undefined if the mark has not moved. */
const pageChange = (
  before: LearnerPage | undefined,
  page: LearnerPage | undefined,
  language: Language,
): readonly string[] | undefined => {
  if (page === undefined || before?.row === page.row) return undefined;
  const row = markedRow(page);
  return row === undefined ? [] : [spokenSentence(rowSentence(row, page.data, language), language)];
};

const pickerLines = ({state, form}: OpenPicker, {preferences: {language}}: AppState): readonly string[] =>
  form ? exportSentences(form, language) : inSentences(pickerSentences(state, language), language);

const pickerChange = (before: OpenPicker, after: OpenPicker, state: AppState): readonly string[] => {
  const {language} = state.preferences;
  const [was, is] = [before.form, after.form];
  if (was && is) return exportNews(was, is, language);
  return was || is
    ? pickerLines(after, state)
    : inSentences(pickerNews(before.state, after.state, language), language);
};

/**
 * Returns sentences on what changed while the same screen stays, such as a new quiz question; undefined for screens that have no sentences
 * of their own for that.
 */
const screenNews = (before: AppState, after: AppState): readonly string[] | undefined => {
  const {language} = after.preferences;
  switch (after.screen) {
    case 'page':
      return pageChange(before.page, after.page, language);
    case 'quiz':
      return before.quiz && after.quiz && quizChange(before.quiz, after.quiz, after);
    case 'picker':
      return before.picker && after.picker && pickerChange(before.picker, after.picker, after);
    case 'interview':
      return (
        before.interview &&
        after.interview &&
        inSentences(interviewNews(before.interview, after.interview, language), language)
      );
    case 'challenges':
      return (
        before.challenges && after.challenges && challengesNews(before.challenges, after.challenges, language)
      );
    case 'captures':
      return before.captures && after.captures && capturesNews(before.captures, after.captures, language);
    case 'search':
      return (
        before.search &&
        after.search &&
        searchNews(before.search, after.search, {language, titleOf: lessonTitles(after)})
      );
    default:
      return undefined;
  }
};

const screenLines = (state: AppState, told: Told | undefined): readonly string[] => {
  if (state.screen === 'picker' && state.picker !== undefined) return pickerLines(state.picker, state);
  const {language} = state.preferences;
  if (state.screen === 'captures' && state.captures !== undefined)
    return capturesSentences(state.captures, language);
  if (state.screen === 'challenges' && state.challenges !== undefined)
    return challengesSentences(state.challenges, language);
  if (state.screen === 'quiz' && state.quiz !== undefined) return quizLines(state.quiz, state);
  if (state.screen === 'page' && state.page !== undefined) return pageLines(state.page, state);
  if (state.screen === 'search' && state.search !== undefined)
    return searchSentences(state.search, language, lessonTitles(state));
  if (state.screen === 'interview' && state.interview !== undefined)
    return inSentences(interviewSentences(state.interview, language), language);
  return state.screen === 'player' && state.player !== undefined
    ? statusLines(heard(state.player, told))
    : listLines(state);
};

/** Returns sentences on everything that a look at the screen would show. */
export function stateSaid(state: AppState, told?: Told): readonly string[] {
  const {notice, preferences} = state;
  return [
    ...(isHelp(state) ? helpLines(state) : (overlaySaid(state) ?? screenLines(state, told))),
    ...(notice === undefined ? [] : [spokenSentence(notice[preferences.language], preferences.language)]),
    keyLine(state),
  ];
}

/** Returns a sentence for each setting whose value has changed between two states. */
function settingLines(before: AppState, after: AppState): readonly string[] {
  const {language} = after.preferences;
  return settingIds
    .filter((id) => before.preferences[id] !== after.preferences[id])
    .map((id) => {
      const value = settingValue(id, after.preferences);
      const colon = punctuation.colon[language];
      return ended(`${settingWords[id].label[language]}${colon}${value}`, language);
    });
}

function messageLines(before: AppState, {message, preferences: {language}}: AppState): readonly string[] {
  return message === undefined || message === before.message
    ? []
    : [spokenSentence(message[language], language)];
}

function failureLines({failed: before}: AppState, {failed, preferences}: AppState): readonly string[] {
  return failed === undefined || failed === before ? [] : failedLines(failed, preferences.language);
}

/** Tells whether the app is at another screen, run, page or menu list than before, or in another language, so that all of it is spoken. */
const isElsewhere = (before: AppState, after: AppState): boolean =>
  before.screen !== after.screen ||
  before.player?.run !== after.player?.run ||
  before.page?.data !== after.page?.data ||
  before.menu.level !== after.menu.level ||
  before.preferences.language !== after.preferences.language;

function contentLines(before: AppState, after: AppState, told: Told | undefined): readonly string[] {
  if (isHelp(after)) return isHelp(before) ? [] : helpLines(after);
  const news = isHelp(before) ? undefined : overlayNews(before, after);
  if (news !== undefined) return news;
  const page = overlaySaid(after);
  if (page !== undefined) return page;
  if (isElsewhere(before, after)) return screenLines(after, told);
  const closed =
    isHelp(before) || before.player?.overlay !== undefined
      ? [ended(readerWords.closed[after.preferences.language], after.preferences.language)]
      : [];
  if (after.screen === 'player')
    return before.player && after.player
      ? [...closed, ...changeLines(heard(before.player, told), heard(after.player, told))]
      : closed;
  const changed = screenNews(before, after);
  if (changed !== undefined) return [...closed, ...changed];
  const line = markLine(after);
  return before.preferences === after.preferences && line !== markLine(before) ? [...closed, line] : closed;
}

/** Returns sentences on the change between two states; empty if nothing worth speaking has happened. */
export function changeSaid(before: AppState, after: AppState, told?: Told): readonly string[] {
  const lines = [
    ...settingLines(before, after),
    ...contentLines(before, after, told),
    ...messageLines(before, after),
    ...failureLines(before, after),
  ];
  const newKeys = keyContext(before) !== keyContext(after) || isElsewhere(before, after);
  return newKeys ? [...lines, keyLine(after)] : lines;
}
