// Handles keys in a presentation: a clicker's keys go on, the screen can go blank, and `esc` closes what covers the run but does not leave
// the run.
import type {AppState, Outcome} from './app-state.ts';
import {keyContext} from './key-context.ts';
import {type Action, isText, type KeyContext, presenting} from './key-entry.ts';
import {pastedText} from './key-name.ts';
import {actionFor, overTheScreen} from './keymap.ts';
import {only, play} from './leaving.ts';
import type {Press} from './player.ts';

/** The key that a clicker's forward key stands for in each context of a presentation. */
const onward: {readonly [context in KeyContext]?: string} = {
  reply: 'enter',
  ending: 'enter',
  opening: 'enter',
  closing: 'enter',
};

/**
 * Returns the key that a presentation's action stands for; undefined if it stands for none. Digits answer questions, because clickers send
 * `b` for a blank screen.
 */
const replacedBy = (action: Action, key: string, context: KeyContext): string | undefined => {
  if (action === 'onward') return onward[context];
  return action === 'answerNumbered' && context === 'question' ? answerLetters[Number(key) - 1] : undefined;
};

export const answerLetters = 'abcde';

/** The keys that concern the terminal, and also work while the screen is blank. */
const always: readonly string[] = ['ctrl-c', 'ctrl-l', 'ctrl-z'];

const blanked = (state: AppState): AppState => {
  const playing = state.player?.playback.playing;
  return {...(playing ? play(state, {kind: 'togglePlay'}) : state), blank: true};
};

/** Returns the outcome of a key in a presentation; `pressKey` returns the outcome that the key has otherwise. */
export const pressBeforeAudience = (
  state: AppState,
  press: Press,
  pressKey: (state: AppState, press: Press) => Outcome,
): Outcome => {
  if (always.includes(press.key)) return pressKey(state, press);
  // A blank screen ends with any key, but a paste is no key.
  if (state.blank) return only(pastedText(press.key) === undefined ? {...state, blank: false} : state);
  const context = keyContext(state);
  // A key by which a choice was clicked is the answer, even `b`, which clickers send for a blank screen.
  if (press.clicked || isText(context)) return pressKey(state, press);
  if (press.key === 'escape' && !overTheScreen.includes(context)) return only(state);
  const action = actionFor(press.key, presenting);
  if (action === 'blank') return only(blanked(state));
  if (action === 'onward' && context === 'question') return only(play(state, {kind: 'reveal'}));
  const key = action === undefined ? undefined : replacedBy(action, press.key, context);
  return pressKey(state, key === undefined ? press : {...press, key});
};
