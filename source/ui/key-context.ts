// Determines in which context keys are read now, which depends on what is on the screen.

import type {AppState} from './app-state.ts';
import {capturesContext} from './captures.ts';
import {interviewContext} from './interview.ts';
import type {KeyContext} from './key-entry.ts';
import {isLeaving} from './leaving.ts';
import {overlayContext} from './overlay.ts';
import {pickerContext} from './picker.ts';
import {quizContext} from './quiz-round.ts';

export function keyContext(state: AppState): KeyContext {
  const {screen, help, menu, player, quiz, page, picker, captures, interview} = state;
  if (help) return 'help';
  if (screen === 'picker' && picker !== undefined) return pickerContext(picker);
  if (screen === 'captures' && captures !== undefined) return capturesContext(captures);
  if (screen === 'quiz' && quiz !== undefined) return quizContext(quiz.state);
  if (screen === 'page' && page !== undefined) return page.kind;
  if (screen === 'interview' && interview !== undefined) return interviewContext(interview);
  if (screen === 'search' || screen === 'challenges') return screen;
  if (screen === 'menu') return menu.level === 'main' ? 'menu' : 'lessons';
  if (screen === 'settings' || player === undefined) return 'settings';
  const {gate, why, ending, typing, help: playerHelp} = player.playback;
  if (playerHelp) return 'help';
  if (player.overlay !== undefined) return overlayContext(player.overlay);
  if (typing !== undefined) return 'typing';
  if (gate !== undefined && !gate.replied) return 'question';
  if (why !== undefined) return 'why';
  if (ending !== undefined) return 'ending';
  return gate === undefined ? 'player' : 'reply';
}

/**
 * Returns a name for the place that keys are meant for: a screen, a page or question over a run, a quiz question, the help. A key typed
 * ahead at one place does nothing at another. Moving around (lists, *Why?*, panels) and typing a line of text do not change the place.
 */
export function screenName(state: AppState): string {
  const {screen, player, quiz, picker, interview} = state;
  const context = keyContext(state);
  if (context === 'help') return context;
  switch (screen) {
    case 'player':
      return `player ${depthOf(player)} ${standsOver(player, context)}`;
    case 'quiz':
      return `quiz ${quiz?.state.answered.length} ${quiz?.state.first ? 'again' : ''} ${context === 'quizSure' ? 'quiz' : context}`;
    case 'interview':
      return `${context} ${interview?.at}`;
    case 'picker':
      return picker?.form ? `export ${picker.form.asks}` : screen;
    case 'captures':
      return context === 'reading' ? context : screen;
    case 'page':
      return context;
    case 'menu':
      return isLeaving(state) ? 'leaving' : screen;
    default:
      return screen;
  }
}

const depthOf = (player: AppState['player']): number =>
  player?.beneath === undefined ? 0 : 1 + depthOf(player.beneath);

/**
 * Returns a name for what covers the run in the player: a page, a question or its reply, or the what-ifs at the end; empty if keys are for
 * the run itself.
 */
function standsOver(player: AppState['player'], context: KeyContext): string {
  if (player === undefined) return '';
  const {overlay, playback} = player;
  if (overlay !== undefined) return overlay.kind;
  const {gate, firstTries} = playback;
  if (gate !== undefined) return `${context} ${gate.beat} ${firstTries[gate.beat] ? 'again' : ''}`;
  return playback.ending === undefined ? '' : 'ending';
}
