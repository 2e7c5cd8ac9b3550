// In what depth reasons and words are explained first: as the settings say, or as the learner has come.
import {tracks} from '../lesson/tracks.ts';
import type {AppState} from './app-state.ts';
import type {Looking} from './player.ts';

type Reader = Pick<AppState, 'preferences' | 'lessons' | 'learner'>;

/** Whoever has gone through it knows the fields of a segment by their names. */
const headerLesson = 'tcp-header';

/** From this track on lessons count with the variables of TCP. */
const firstTrackOfVariables = tracks.indexOf('tcp-data');

const readsDerivations = ({lessons, learner}: Reader): boolean =>
  lessons.some(
    ({id, track}) =>
      learner?.lessons.get(id)?.finished === true &&
      (id === headerLesson || (track !== undefined && tracks.indexOf(track) >= firstTrackOfVariables)),
  );

/** Whether the plain sentence comes first, and the derivation one key later. */
export const plainFirst = (reader: Reader): boolean => {
  const {reasons = 'finished'} = reader.preferences;
  return reasons === 'plain' || (reasons === 'finished' && !readsDerivations(reader));
};

/** How a run is looked at by this reader. */
export const lookingAs = (reader: Reader): Looking => ({
  ...reader.preferences,
  plainFirst: plainFirst(reader),
});
