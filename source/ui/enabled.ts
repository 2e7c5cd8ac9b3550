// Tells whether keys of the key table would do anything now, by the same conditions as the code that handles them.
import {challengeRows} from '../view/challenge/challenge-list.ts';
import {markedIndex} from '../view/picker/picker-state.ts';
import {lessonFrom} from '../view/quiz/result-screen.ts';
import {markedIn} from '../view/search/search-state.ts';
import {changes} from '../view/time/changes.ts';
import type {AppState} from './app-state.ts';
import {leadsToParts} from './fork-world.ts';
import {interviewKeyWorks} from './interview.ts';
import type {Enabled} from './key-row.ts';
import {canOpenKeys} from './leading-on.ts';
import {movedMark} from './list-moves.ts';
import {checkableRow, markable, marksQuiz, menuForward} from './menu-state.ts';
import {overlayActionWorks} from './overlay-keys.ts';
import {pageKeyWorks} from './page-keys.ts';
import {explains} from './picker.ts';
import {
  beliefShown,
  checkable,
  closingOf,
  isPossible,
  leadsBack,
  playbackAction,
  undoesRun,
} from './player.ts';
import {referenceIn} from './quiz-reference.ts';
import {isInRound, quizKeyWorks} from './quiz-round.ts';
import {seesLessonQuestion, seesQuestion} from './quiz-sight.ts';
import {canSearch} from './search.ts';

/** Tells whether a key that moves the run or changes how it is shown would change anything. */
export const inPlayer: Enabled = ({state: {player}, size}, action, key) => {
  if (player === undefined) return true;
  if (!isPossible(action, player)) return false;
  if (leadsBack(action, player) || undoesRun(action, player)) return true;
  const wanted = playbackAction(action, {key, atMs: 0, size}, player);
  return wanted === undefined || changes(player.playback, wanted, player.context);
};

/** Tells whether a key selects another packet, or leads from the first one to the hosts. */
export const selectsPacket: Enabled = (now, action, key) =>
  inPlayer(now, action, key) ||
  (action === 'packetUp' && now.state.player !== undefined && leadsToParts(now.state.player));

/** Tells whether a key can answer the lesson's question; none can if the window is too small for the question. */
export const answersLesson: Enabled = (now, action, key) =>
  inPlayer(now, action, key) && seesLessonQuestion(now.state, now.size);

/** Tells whether a key that opens a page over the player, or works on such a page, would do anything. */
export const overPlayer: Enabled = ({state: {player}, size}, action) =>
  player === undefined || (isPossible(action, player) && overlayActionWorks(action, player, size));

/** Tells whether a key opens a what-if at the end of a run: `enter`, or the number of one. */
export const opensWhatIf: Enabled = ({state: {player}}, action, key) =>
  action === 'openMarked' || Number(key) <= (player?.run.whatIfs.length ?? 0);

export const inQuiz: Enabled = ({state, size}, action, key) => {
  const {quiz, page, screen} = state;
  if (screen === 'page') return page === undefined || pageKeyWorks(page, action);
  if (isInRound(action) && !seesQuestion(state, size)) return false;
  return quiz === undefined || quizKeyWorks(key, action, quiz);
};

/**
 * Tells whether the key that opens the run against a misconception has one: behind an answer in the player, in a round of the quiz, or on a
 * page of review or progress.
 */
export const watches: Enabled = (now, action, key) =>
  now.state.screen === 'player'
    ? now.state.player !== undefined && beliefShown(now.state.player) !== undefined
    : inQuiz(now, action, key);

/** Tells whether the result of a quiz round leads to a lesson that can be opened. */
export const opensMend: Enabled = ({state}) =>
  state.quiz === undefined || lessonFrom(state.quiz.state, referenceIn(state, state.quiz)) !== undefined;

export const checksLesson: Enabled = ({state: {screen, menu, learner, player}}) =>
  (screen === 'menu' ? checkableRow(menu, learner) : checkable(player)) !== undefined;

/** Tells whether the mark is on the menu's entry for the quiz. */
export const onQuizRow: Enabled = ({state: {menu}}) => marksQuiz(menu);

export const inInterview: Enabled = ({state: {interview}}, action) =>
  interview === undefined || interviewKeyWorks(interview, action);

/** Tells whether a key of a capture's page has a marked conversation to act on; there is none if the filter excludes all. */
export const ofConversation: Enabled = ({state: {picker}}, action) =>
  picker !== undefined && (action === 'pickerLesson' ? explains(picker) : markedIndex(picker.state) >= 0);

export const opensKeys: Enabled = ({state}) => canOpenKeys(state);

export const opensCapture: Enabled = ({state: {captures}}) =>
  captures?.offer.files[captures.marked] !== undefined;

export const searches: Enabled = ({state}) => canSearch(state);

export const opensFound: Enabled = ({state: {search}}) =>
  search !== undefined && markedIn(search)?.opens !== undefined;

export const opensRow: Enabled = ({state}) => menuForward(state) !== undefined;

export const looksUp: Enabled = ({state: {player}}, action) => isPossible(action, player);

/** Returns the number of rows of the list on the screen, and which is marked; undefined if the screen has no list. */
const listOn = ({screen, ...state}: AppState): Parameters<typeof movedMark>[1] | undefined => {
  const {player, picker, captures, challenges, search} = state;
  switch (screen) {
    case 'menu':
    case 'settings': {
      const {rows, marked} = markable({screen, ...state});
      return {marked, length: rows.length};
    }
    case 'captures':
      return captures && {marked: captures.marked, length: captures.offer.files.length};
    case 'picker':
      return picker?.form
        ? {marked: picker.form.marked, length: picker.form.offered.length}
        : picker && {marked: markedIndex(picker.state), length: picker.state.listed.length};
    case 'challenges':
      return challenges && {marked: challenges.marked, length: challengeRows(challenges.list).length};
    case 'search':
      return search && {marked: search.marked, length: search.found.length};
    default:
      return player?.overlay?.kind === 'closing'
        ? {marked: player.overlay.marked, length: closingOf(player.run).length}
        : undefined;
  }
};

/** Tells whether a key would move the mark of the list to another row. */
export const movesMark: Enabled = ({state}, action) => {
  const list = listOn(state);
  return list === undefined || (list.length > 0 && movedMark(action, list) !== list.marked);
};
