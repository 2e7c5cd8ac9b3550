// What the keys mean now: it depends on what is on the screen.

import type {AppState} from './app-state.ts';
import {capturesContext} from './captures.ts';
import type {KeyContext} from './key-entry.ts';
import {overlayContext} from './overlay.ts';
import {pickerContext} from './picker.ts';
import {quizContext} from './quiz-round.ts';

export function keyContext({screen, help, menu, player, quiz, page, picker, captures}: AppState): KeyContext {
  if (help) return 'help';
  if (screen === 'picker' && picker !== undefined) return pickerContext(picker);
  if (screen === 'captures' && captures !== undefined) return capturesContext(captures);
  if (screen === 'quiz' && quiz !== undefined) return quizContext(quiz.state);
  if (screen === 'page' && page !== undefined) return page.kind;
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
