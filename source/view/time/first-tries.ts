// What becomes of a first try that nobody mends: whoever has tried once has answered.
import type {Answer, PlaybackState} from './playback-state.ts';

/** Of a question that is passed by. */
export const passedBy = ({firstTries}: PlaybackState, beat: number): Answer => {
  const first = firstTries[beat];
  return first ? {choice: first.choice, first} : 'skipped';
};

/** Nothing is mended any more. */
export const withFirstTries = (state: PlaybackState): PlaybackState => {
  const tried = Object.keys(state.firstTries).map((beat) => [beat, passedBy(state, Number(beat))] as const);
  return tried.length === 0 ? state : {...state, answers: {...Object.fromEntries(tried), ...state.answers}};
};
