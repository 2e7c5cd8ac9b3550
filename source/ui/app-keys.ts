// The app as a pure function: the next state after a key, and the effects that the caller has to carry out.

import {sameIn, worded} from '../lesson/text.ts';
import {plainly} from '../view/note.ts';
import type {PlaybackAction} from '../view/time/playback-state.ts';
import {challengeTold} from '../words/catalogue/challenge-told.ts';
import {forkTexts} from '../words/catalogue/forks.ts';
import {appKeysSentences} from '../words/catalogue/keys-table.ts';
import type {AppState, Outcome} from './app-state.ts';
import {pressInCaptures} from './captures.ts';
import {chosenSolved} from './challenge-solved.ts';
import {restingAt, restsHere} from './challenge-told.ts';
import {pressInChallenges} from './challenges.ts';
import {lessonBeside} from './compare-runs.ts';
import {orToldKeys} from './idle-keys.ts';
import {pressInInterview} from './interview.ts';
import {keyContext} from './key-context.ts';
import {type Action, isText, type KeyContext} from './key-entry.ts';
import {pastedText} from './key-name.ts';
import {actionFor} from './keymap.ts';
import {leadsOn} from './leading-on.ts';
import {
  begin,
  challengesShown,
  leaveInterview,
  leaveMenu,
  leavePlayer,
  leaveScreen,
  only,
  play,
  withPlayer,
} from './leaving.ts';
import {movedMark} from './list-moves.ts';
import {
  checkableRow,
  type MenuTarget,
  markable,
  markMoved,
  marksQuiz,
  menuBack,
  menuForward,
} from './menu-state.ts';
import {pressInOverlay, pressToOverlay} from './overlay-keys.ts';
import type {OverlayOutcome} from './overlay-outcome.ts';
import {type PageOutcome, pressOnPage} from './page-keys.ts';
import {type PanelOutcome, pressInPanel} from './panel-keys.ts';
import {pressInPicker} from './picker.ts';
import {checkable, closingOf, isPossible, leadsBack, type Press, playbackAction} from './player.ts';
import {pressBeforeAudience} from './presenting.ts';
import {pastedAnswer, pressInQuiz, quizKeyWorks} from './quiz-round.ts';
import {seesLessonQuestion, seesQuestion} from './quiz-sight.ts';
import {plainFirst} from './reasons.ts';
import {beginSearch, pressInSearch} from './search.ts';
import {changeSetting, type SettingId} from './settings.ts';
import {forThisSitting} from './words.ts';

/** Returns the outcome of a key: the next state and the effects. A message tells if the key does nothing, except in a presentation. */
export const pressKey = (state: AppState, press: Press): Outcome =>
  state.preferences.presented && state.screen === 'player'
    ? pressBeforeAudience(state, press, pressAtDesk)
    : orToldKeys(state, orStaying(state, pressAtDesk(state, press), press), press);

/**
 * Returns the outcome of a key, but if `esc` would leave the program, only a message: a reader who closes one thing after another must not
 * suddenly leave.
 */
function orStaying(state: AppState, outcome: Outcome, {key}: Press): Outcome {
  const leaves = outcome.effects.some((effect) => effect.kind === 'exit' && effect.reason === 'quit');
  return key === 'escape' && leaves
    ? only({...state, message: plainly(appKeysSentences.stays.message)})
    : outcome;
}

function pressAtDesk(state: AppState, press: Press): Outcome {
  const context = keyContext(state);
  const pasted = pastedText(press.key);
  // A message stays on the screen until the next key; a paste where no text can be typed does not count as a key.
  if (pasted !== undefined && !takesText(context))
    return only(context === 'quiz' ? pastedAnswer(state, pasted) : state);
  const isQuiet =
    state.message === state.unsaved && state.notice === undefined && state.clicked === undefined;
  const read = isQuiet ? state : {...state, message: state.unsaved, notice: undefined, clicked: undefined};
  const action = actionFor(press.key, context);
  // The menu's question whether to leave must have been on the screen, so it is checked before the key removes that message.
  if (context === 'menu' && action === 'back') return leaveMenu({...read, message: state.message});
  if (action === 'search') return beginSearch(read);
  // The run beneath the search gets no keys.
  const player = read.screen === 'search' ? undefined : read.player;
  const isPage = player?.overlay !== undefined && context !== 'help';
  const inPage = isPage ? pressInOverlay(player, press, action) : undefined;
  if (inPage !== undefined) return afterPage(read, inPage);
  const inPanel = player && !isPage ? pressInPanel(player, press, context) : undefined;
  if (inPanel !== undefined) return afterPanel(read, inPanel);
  const toPage = player && action && !isPage ? pressToOverlay(player, action, press.size) : undefined;
  if (toPage !== undefined) return afterPage(read, toPage);
  const inPicker = read.screen === 'picker' && !read.help ? pressInPicker(read, press, action) : undefined;
  if (inPicker !== undefined) return inPicker;
  const inCaptures =
    read.screen === 'captures' && !read.help ? pressInCaptures(read, press, action) : undefined;
  if (inCaptures !== undefined) return inCaptures;
  const inChallenges =
    read.screen === 'challenges' && !read.help ? pressInChallenges(read, press, action) : undefined;
  if (inChallenges !== undefined) return inChallenges;
  const inSearch = read.help ? undefined : pressInSearch(read, press, action);
  if (inSearch !== undefined) return inSearch;
  if (action === undefined) return only(read);
  const isRound = read.screen === 'quiz' && !read.help && seesQuestion(read, press.size);
  const inQuiz = isRound && read.quiz ? pressInQuiz(read.quiz, action, press) : undefined;
  if (inQuiz !== undefined) return {state: {...read, quiz: inQuiz.quiz}, effects: inQuiz.effects};
  const onPage = read.screen === 'page' && read.page ? pressOnPage(read.page, action) : undefined;
  if (onPage !== undefined) return afterLearner(read, onPage);
  const inInterview = pressInTalk(read, action);
  if (inInterview !== undefined) return inInterview;
  const isAnswer = context === 'question' && (action === 'answer' || action === 'hint');
  if (isAnswer && !seesLessonQuestion(state, press.size)) return only(read);
  return act(read, action, press);
}

/**
 * Tells whether a paste is accepted. The page that opens captures accepts it, too: a file dropped onto the terminal arrives as the text of
 * its path.
 */
const takesText = (context: KeyContext): boolean => isText(context) || context === 'captures';

function afterPage(state: AppState, {player, copy, message, forking, attempt}: OverlayOutcome): Outcome {
  const moved = withPlayer(state, player);
  if (attempt !== undefined) return begin(moved, player.run.source, {kind: 'attempt', moves: attempt});
  if (forking !== undefined) {
    if (state.opening !== undefined) return only(moved);
    const begun = {
      ...moved,
      opening: player.run.source,
      message: {...forkTexts.simulating, isDone: true},
    } as const;
    return {state: begun, effects: [{kind: 'fork', forking}]};
  }
  if (copy !== undefined && state.preferences.screenReader) return only({...moved, message: sameIn(copy)});
  return {
    state: message === undefined ? moved : {...moved, message},
    effects: copy === undefined ? [] : [{kind: 'copy', text: copy}],
  };
}

/** The effects of a page of review or progress that open something; none of them begins while something else is being opened. */
const opening: readonly string[] = ['beginRound', 'openCounter', 'open'];

function afterLearner(state: AppState, {page, effects}: PageOutcome): Outcome {
  const begins = effects.some(({kind}) => opening.includes(kind));
  if (begins && state.opening !== undefined) return only(state);
  return {state: {...state, page, ...(begins ? {opening: 'quiz'} : {})}, effects};
}

function afterPanel(state: AppState, {player, copy, attempt, message: told}: PanelOutcome): Outcome {
  const moved = {...withPlayer(state, player), ...(told ? {message: told} : {})};
  if (attempt !== undefined && state.opening === undefined)
    return begin(moved, player.run.source, {kind: 'attempt', moves: attempt});
  if (copy === undefined) return only(moved);
  // The text is copied with an escape sequence, which screen-reader mode must not write; there the text is shown as a message instead.
  if (state.preferences.screenReader) return only({...moved, message: sameIn(copy)});
  const message = {...worded(appKeysSentences.copied.message, {copy}), isDone: true} as const;
  return {state: {...moved, message}, effects: [{kind: 'copy', text: copy}]};
}

function pressInTalk(state: AppState, action: Action): Outcome | undefined {
  const {screen, help, interview: before, opening} = state;
  if (screen !== 'interview' || help || before === undefined) return undefined;
  const outcome = pressInInterview(before, action);
  if (outcome === undefined) return undefined;
  const {interview, effects} = outcome;
  if (interview === undefined) return leaveInterview(state);
  const [opens] = effects.flatMap((effect) => {
    if (effect.kind === 'openCounter') return [effect.misconception];
    return effect.kind === 'openProof' || effect.kind === 'open' ? [effect.lesson] : [];
  });
  if (opens !== undefined && opening !== undefined) return only(state);
  return {state: {...state, interview, ...(opens === undefined ? {} : {opening: opens})}, effects};
}

function act(state: AppState, action: Action, press: Press): Outcome {
  if (!isPossible(action, state.player)) return only(state);
  switch (action) {
    case 'leave':
      return {state, effects: [{kind: 'exit', reason: 'interrupted'}]};
    case 'suspend':
      return {state, effects: [{kind: 'suspend'}]};
    case 'redraw':
      return {state, effects: [{kind: 'redraw'}]};
    case 'language':
    case 'theme':
    case 'allValues':
      return change(state, action);
    case 'help':
      return only(toggleHelp(state));
    case 'back':
      return press.key === 'escape' ? close(state, press) : back(state);
    case 'forward':
      return select(state, menuForward(state));
    case 'change':
      return change(state, state.setting);
    case 'listUp':
    case 'listDown':
      return only(markBeside(state, action));
    case 'check':
      return beginCheck(state);
    case 'predict':
    case 'simulate':
    case 'openKeys':
    case 'openLink':
    case 'openMend':
    case 'watch':
    case 'challengeShare':
    case 'challengeNext':
      return leadsOn[action](state);
    case 'lookUp':
      return only(lookUp(state));
    case 'pageBack':
    case 'pageOn':
      return only({...state, helpPage: (state.helpPage ?? 0) + (action === 'pageOn' ? 1 : -1)});
    case 'closingOpen':
      return press.key === 'space' && isChallenge(state) ? only(enterOpens(state)) : goOn(state);
    case 'openMarked':
      return openWhatIf(state, state.player?.playback.ending?.marked);
    case 'openNumbered':
      return openWhatIf(state, Number(press.key) - 1);
    default:
      return playOn(state, action, press);
  }
}

/**
 * Returns the outcome of an action on the run in the player: plays it, or leads back to the lesson, or does what the key means where a
 * challenge's run has stopped.
 */
function playOn(state: AppState, action: Action, press: Press): Outcome {
  if (state.player && leadsBack(action, state.player)) return leavePlayer(state);
  if (state.player && restsHere(action, state.player)) {
    const {player, message} = restingAt(state.player);
    return only({...withPlayer(state, player), message});
  }
  const wanted = state.player && playbackAction(action, press, state.player);
  return only(wanted === undefined ? state : play(state, wanted));
}

/**
 * Returns the state with the message that `enter` opens the choice on the last page of a challenge, because space, with which the run is
 * played, must not leave that page.
 */
const enterOpens = (state: AppState): AppState => ({...state, message: plainly(challengeTold.enterOpens)});

const isChallenge = ({player}: AppState): boolean =>
  player?.run.challenge !== undefined && player.run.closing === undefined;

/** Returns the state after a key that moves the mark to another row of the menu or of Settings. */
function markBeside(state: AppState, action: Action): AppState {
  const {rows, marked} = markable(state);
  const next = rows[movedMark(action, {marked, length: rows.length}) ?? marked];
  return next === undefined ? state : markMoved(state, next);
}

/**
 * Tells whether a changed setting is saved for the next start: in Settings all are, in the menu only the language, so that a key pressed by
 * mistake has no lasting effect.
 */
function isKept(state: AppState, setting: SettingId): boolean {
  const context = keyContext(state);
  return context === 'settings' || (setting === 'language' && (context === 'menu' || context === 'lessons'));
}

/** Returns the outcome of changing a setting to its next value, which is saved only in some places. */
function change(state: AppState, setting: SettingId): Outcome {
  const kept = changeSetting(setting, state.preferences);
  const preferences = {...state.preferences, ...kept};
  const {language, allValues} = preferences;
  const spoken = play({...state, preferences}, {kind: 'language', language});
  const shown = play(spoken, {kind: 'allValues', on: allValues === true});
  const changed = play(shown, {kind: 'plainFirst', on: plainFirst(shown)});
  if (isKept(state, setting)) return {state: changed, effects: [{kind: 'preferences', kept}]};
  return only({...changed, message: forThisSitting(setting, preferences)});
}

function toggleHelp(before: AppState): AppState {
  const state = {...before, helpPage: 0};
  return state.screen === 'player' ? play(state, {kind: 'toggleHelp'}) : {...state, help: !state.help};
}

/**
 * Returns the outcome of `esc`, which closes what is open: a question or reply in the player (the question is asked again on the way
 * forward), in the quiz first the entered answer, otherwise what `q` would leave.
 */
function close(state: AppState, press: Press): Outcome {
  const {quiz} = state;
  if (quiz && quizKeyWorks('backspace', 'quizErase', quiz) && state.screen === 'quiz' && !state.help) {
    const erased = pressInQuiz(quiz, 'quizErase', press);
    return only({...state, quiz: erased ? erased.quiz : quiz});
  }
  if (quiz?.state.why === true && keyContext(state) === 'quizReply')
    return only({...state, quiz: {...quiz, state: {...quiz.state, why: false}}});
  if (state.player?.playback.focus !== 'ladder') return back(state);
  switch (keyContext(state)) {
    case 'question':
    case 'ending':
      return only(play(state, {kind: 'stepBack'}));
    case 'reply':
      return only(play(state, {kind: 'closeReply'}));
    default:
      return back(state);
  }
}

function back(state: AppState): Outcome {
  switch (keyContext(state)) {
    case 'help':
      return only(toggleHelp(state));
    case 'why':
      return only(play(state, {kind: 'toggleWhy'}));
    case 'typing':
      return only(play(state, {kind: 'stopTyping'}));
    case 'lessons':
      return only({...state, menu: menuBack(state.menu)});
    case 'player':
    case 'question':
    case 'reply':
    case 'ending':
      return state.player?.playback.focus === 'ladder'
        ? leavePlayer(state)
        : only(play(state, {kind: 'closePanel'}));
    default:
      return leaveScreen(state);
  }
}

/** Begins the check of a lesson (a short test), at its end or from its row in the menu; from the quiz's row, a quiz about all lessons. */
function beginCheck(state: AppState): Outcome {
  const {player, menu, screen, learner} = state;
  if (screen === 'menu' && marksQuiz(menu))
    return begin(state, 'quiz', {kind: 'beginRound', which: 'everything'});
  const lesson = screen === 'menu' ? checkableRow(menu, learner) : checkable(player);
  const file = screen === 'menu' ? undefined : player?.run.openedFrom;
  if (lesson === undefined) return only(state);
  const which = {check: lesson, ...(file === undefined ? {} : {file})};
  return begin(state, 'quiz', {kind: 'beginRound', which});
}

/** Opens the choice that is marked on the last page of a lesson or challenge: the next lesson, the check, a challenge, or a what-if. */
function goOn(state: AppState): Outcome {
  const {player} = state;
  if (player?.overlay?.kind !== 'closing') return only(state);
  const choice = closingOf(player.run)[player.overlay.marked];
  if (typeof choice === 'number') return openWhatIf(state, choice);
  const {closing} = player.run;
  if (choice === undefined) return only(state);
  if (closing === undefined)
    return choice === 'check' || choice === 'challenge' ? only(state) : chosenSolved(state, choice);
  switch (choice) {
    case 'check':
      return beginCheck(state);
    case 'challenge':
      return select(state, {kind: 'lesson', id: closing.challenge?.id ?? '', challenge: true});
    default:
      return select(state, {kind: 'lesson', id: closing.next?.id ?? ''});
  }
}

function openWhatIf(state: AppState, index: number | undefined): Outcome {
  const {player} = state;
  const title = index === undefined ? undefined : player?.run.whatIfs[index];
  if (player === undefined || index === undefined || title === undefined || state.opening !== undefined)
    return only(state);
  const overlay = index === player.run.whatIfs.length - 1 ? lessonBeside(player) : undefined;
  if (overlay !== undefined) return only(withPlayer(state, {...player, overlay}));
  return begin(state, title.en, {kind: 'openWhatIf', index});
}

/** Returns the state with the glossary opened from the help, waiting for a word to be typed. */
function lookUp(state: AppState): AppState {
  const open: readonly PlaybackAction[] = [
    {kind: 'toggleHelp'},
    {kind: 'focus', panel: 'glossary', keep: false, waits: true},
    {kind: 'type', panel: 'glossary', text: ''},
  ];
  return open.reduce(play, state);
}

/** Opens what was chosen in the menu; nothing while something else is being opened. */
function select(state: AppState, target: MenuTarget | undefined): Outcome {
  if (target === undefined || state.opening !== undefined) return only(state);
  if (target.kind === 'lesson') {
    const {id: lesson, challenge} = target;
    return begin(state, lesson, {kind: 'open', lesson, ...(challenge ? {challenge} : {})});
  }
  if (target.kind === 'settings') return only({...state, screen: 'settings'});
  if (target.kind === 'challenges') return only(challengesShown(state));
  if (target.kind === 'captures') return {state, effects: [{kind: 'offerCaptures'}]};
  if (target.kind === 'interview')
    return {state: {...state, underQuiz: 'menu'}, effects: [{kind: 'openInterview'}]};
  if (target.kind === 'page')
    return {state: {...state, underQuiz: 'menu'}, effects: [{kind: 'showPage', page: 'review'}]};
  if (target.kind === 'quiz') return begin(state, 'quiz', {kind: 'beginRound', which: 'practice'});
  return only({...state, menu: target.menu});
}
