// Turns a wrong first try that the reader never corrected into his answer to the question.
import type {Answer, PlaybackState} from './playback-state.ts';

/** Returns the answer that counts for a question that the reader has passed without a final one: his wrong first try, or `skipped`. */
export const passedBy = ({firstTries}: PlaybackState, beat: number): Answer => {
  const first = firstTries[beat];
  return first ? {choice: first.choice, first} : 'skipped';
};

/** Returns the state with all wrong first tries turned into answers, so that none can be corrected any more. */
export const withFirstTries = (state: PlaybackState): PlaybackState => {
  const tried = Object.keys(state.firstTries).map((beat) => [beat, passedBy(state, Number(beat))] as const);
  return tried.length === 0 ? state : {...state, answers: {...Object.fromEntries(tried), ...state.answers}};
};
