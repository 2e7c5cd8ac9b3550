// Decides whether *Why?* and the glossary first explain plainly, by the reader's setting or by the lessons that he has finished.
import {type Track, tracks} from '../lesson/tracks.ts';
import type {AppState} from './app-state.ts';
import type {Looking} from './player.ts';

type Reader = Pick<AppState, 'preferences' | 'lessons' | 'learner'>;

/** The id of the lesson after which a learner knows the fields of a TCP segment by name. */
const headerLesson = 'tcp-header';

/** The tracks in their order; `firstTrackOfVariables` is the index of the first whose lessons use TCP's variables. */
const order: readonly Track[] = tracks;
const firstTrackOfVariables = order.indexOf('tcp-data');

const readsDerivations = ({lessons, learner}: Reader): boolean =>
  lessons.some(
    ({id, track}) =>
      learner?.lessons.get(id)?.finished === true &&
      (id === headerLesson || (track !== undefined && order.indexOf(track) >= firstTrackOfVariables)),
  );

/** Tells whether *Why?* and words first have a plain explanation, and the full one only after another key. */
export const plainFirst = (reader: Reader): boolean => {
  const {reasons = 'finished'} = reader.preferences;
  return reasons === 'plain' || (reasons === 'finished' && !readsDerivations(reader));
};

/** Returns the reader's preferences for looking at a run, including whether explanations are plain first. */
export const lookingAs = (reader: Reader): Looking => ({
  ...reader.preferences,
  plainFirst: plainFirst(reader),
});
