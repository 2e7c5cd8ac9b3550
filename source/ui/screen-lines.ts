// Returns the rows of the screen as spans, for any state of the app.

import {type Text, worded} from '../lesson/text.ts';
import {capturesScreen} from '../view/captures/captures-screen.ts';
import {challengesScreen} from '../view/challenge/challenge-list-screen.ts';
import type {Glyphs} from '../view/glyphs.ts';
import type {Told} from '../view/guarded.ts';
import {helpPages, helpScreen} from '../view/help.ts';
import {interviewScreen} from '../view/interview/interview-screen.ts';
import {noteOf} from '../view/note.ts';
import type {KeyHint} from '../view/page-frame.ts';
import {exportScreen} from '../view/picker/export-screen.ts';
import {rowIn} from '../view/picker/overview.ts';
import {pickerScreen} from '../view/picker/picker-screen.ts';
import type {PickerState} from '../view/picker/picker-state.ts';
import {learnerPageScreen} from '../view/quiz/learner-page.ts';
import {type QuizReference, questionScreen} from '../view/quiz/quiz-screen.ts';
import {resultScreen} from '../view/quiz/result-screen.ts';
import {searchScreen} from '../view/search/search-screen.ts';
import type {Line} from '../view/span.ts';
import {helpFor} from '../words/catalogue/menu.ts';
import {pickerWords} from '../words/catalogue/picker.ts';
import {exportWords} from '../words/export-form.ts';
import type {AppState} from './app-state.ts';
import type {OpenPicker} from './capture-state.ts';
import {keyContext} from './key-context.ts';
import {helpKeys, helpSections, keyHints, keysScreen, pageSign} from './key-hints.ts';
import {type MenuScreen, menuScreen} from './menu-lines.ts';
import {isPossible} from './player.ts';
import {playerLines} from './player-screen.ts';
import {referenceIn} from './quiz-reference.ts';
import type {OpenQuiz} from './quiz-round.ts';
import type {Size} from './screen-output.ts';
import {lessonTitles} from './search.ts';
import {glyphsOf} from './settings.ts';
import {settingsLines} from './settings-lines.ts';

type Look = Size & {readonly glyphs: Glyphs; readonly keyHints: readonly KeyHint[]};

const helpLines = (state: AppState, look: Look): readonly Line[] => {
  const {language} = state.preferences;
  const options = {
    ...look,
    language,
    context: helpFor[keysScreen(state)][language],
    keys: helpKeys(state),
    sections: helpSections(state),
    page: state.helpPage ?? 0,
    findsWords: isPossible('lookUp', state.player),
  };
  // The key line of the help has the key that turns pages only if the help has several pages.
  const turns = helpPages(options) > 1;
  const hints = turns ? look.keyHints : look.keyHints.filter(({key}) => key !== pageSign(look.glyphs));
  return helpScreen({...options, keyHints: hints});
};

type Noted = Look & Pick<Parameters<typeof questionScreen>[1], 'language' | 'note'>;

const quizLines = ({state}: OpenQuiz, look: Noted & {readonly reference: QuizReference}): readonly Line[] =>
  (state.phase === 'result' ? resultScreen : questionScreen)(state, look);

/**
 * Returns the text on what is being opened from the page of a capture: the marked conversation with its number of packets, or something
 * else.
 */
const openingText = ({overview, marked}: PickerState, opening: string): Text =>
  opening === `${marked}`
    ? worded(pickerWords.working, {packets: (rowIn(overview, marked) ?? overview).packets})
    : pickerWords.opening;

const pickerLines = (
  {state, form}: OpenPicker,
  opening: string | undefined,
  look: Noted,
): readonly Line[] => {
  const {language} = look;
  return form
    ? exportScreen(form, {...look, under: opening && exportWords.writing[language]})
    : pickerScreen(state, {...look, under: opening && openingText(state, opening)[language]});
};

/** Returns the rows of the screen; `told` returns the lines in place of a panel that throws an error. */
export function screenLines(state: AppState, size: Size, told: Told): readonly Line[] {
  const {preferences, player, message, notice, screen, quiz, picker, captures, page, interview, search} =
    state;
  const {challenges} = state;
  if (state.blank) return Array.from({length: size.rows}, () => []);
  const look = {...size, glyphs: glyphsOf(preferences), keyHints: keyHints(state, size)};
  if (keyContext(state) === 'help') return helpLines(state, look);
  if (screen === 'player' && player !== undefined)
    return playerLines({player, message: message ?? notice, size, told, learner: state.learner, ...look});
  const {language} = preferences;
  const noted = {...look, language, note: noteOf(message ?? notice, language)};
  const isOpening = state.opening !== undefined;
  if (screen === 'quiz' && quiz !== undefined)
    return quizLines(quiz, {...noted, reference: referenceIn(state, quiz)});
  if (screen === 'picker' && picker !== undefined) return pickerLines(picker, state.opening, noted);
  if (screen === 'captures' && captures !== undefined) return capturesScreen(captures, {...noted, isOpening});
  if (screen === 'challenges' && challenges !== undefined)
    return challengesScreen(challenges, {...noted, isOpening});
  if (screen === 'page' && page !== undefined) return learnerPageScreen(page, noted);
  if (screen === 'interview' && interview !== undefined) return interviewScreen(interview, noted);
  if (screen === 'search' && search !== undefined)
    return searchScreen(search, {...noted, isOpening}, lessonTitles(state));
  return screen === 'menu' ? menuScreen(state, look).lines : settingsLines(state, look);
}

/** Returns which lines of the screen have the menu's entries, and which one is marked; undefined if the menu is not on the screen. */
export const entriesOn = (state: AppState, size: Size): MenuScreen['entries'] | undefined =>
  state.screen === 'menu' && keyContext(state) !== 'help'
    ? menuScreen(state, {...size, glyphs: glyphsOf(state.preferences), keyHints: []}).entries
    : undefined;
