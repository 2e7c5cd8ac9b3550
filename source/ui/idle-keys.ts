// Adds a message when the reader presses a key that does nothing on the present screen.

import {type Text, worded} from '../lesson/text.ts';
import {plainly} from '../view/note.ts';
import {appKeysSentences} from '../words/catalogue/keys-table.ts';
import {quizWords} from '../words/catalogue/quiz.ts';
import type {AppState, Outcome} from './app-state.ts';
import {keyContext} from './key-context.ts';
import {answerSign, keyWorks} from './key-hints.ts';
import {pastedText} from './key-name.ts';
import {actionFor} from './keymap.ts';
import type {Press} from './player.ts';
import {answerKeys} from './quiz-round.ts';
import {seesLessonQuestion, seesQuestion} from './quiz-sight.ts';
import type {Size} from './screen-output.ts';

/**
 * Returns a message that a key does nothing here, with the keys that answer a question if one is open; undefined where no message is
 * needed.
 */
function noAnswer(state: AppState, key: string, size: Size): Text | undefined {
  const {player, quiz} = state;
  const told = (answers: string | undefined): Text => worded(appKeysSentences.noAnswer.message, {answers});
  switch (keyContext(state)) {
    case 'why':
    case 'alter':
    case 'opening':
    case 'quizResult':
    case 'review':
    case 'progress':
    case 'interviewList':
    case 'interviewAsked':
    case 'interviewPoints':
    case 'interviewRead':
      return told(undefined);
    case 'question':
      return player !== undefined && seesLessonQuestion(state, size) ? told(answerSign(player)) : undefined;
    case 'reply':
      return actionFor(key, 'reply') === 'why' ? quizWords.noRule : told(undefined);
    case 'quizReply':
      return actionFor(key, 'quizReply') === 'quizWhy' ? quizWords.noRule : told(undefined);
    // A key that has an action here, but does nothing just now, as at the first or last packet, needs no message: the reader sees why.
    case 'player':
    case 'parts':
    case 'vary':
    case 'forks':
    case 'ending':
      return actionFor(key, keyContext(state)) === undefined ? told(undefined) : undefined;
    case 'quizSure':
      return told('1–3');
    case 'quiz': {
      const question = quiz?.state.question;
      if (quiz === undefined || question === undefined || !seesQuestion(state, size)) return undefined;
      return told(question.choices.length > 0 ? answerKeys(quiz.state) : '0–9');
    }
    default:
      return undefined;
  }
}

export function orToldKeys(before: AppState, outcome: Outcome, {key, size}: Press): Outcome {
  const {state, effects} = outcome;
  // Neither a paste nor a ctrl key, such as ctrl-l, which draws the same screen again, counts as a key that does nothing.
  const isKey = pastedText(key) === undefined && !key.startsWith('ctrl-');
  // A key pressed while something is being opened may be meant for that screen, so it gets no message.
  const isTold = isKey && before.opening === undefined && state.message === undefined;
  if (!isTold || keyWorks(before, key, size)) return outcome;
  const message = noAnswer(before, key, size);
  return message === undefined ? outcome : {state: {...state, message: plainly(message)}, effects};
}
