// Decides in which depth reasons and words are explained first: by the setting, or by the learner's progress.
import {tracks} from '../lesson/tracks.ts';
import type {AppState} from './app-state.ts';
import type {Looking} from './player.ts';

type Reader = Pick<AppState, 'preferences' | 'lessons' | 'learner'>;

/** The lesson after which a learner knows the fields of a segment by name. */
const headerLesson = 'tcp-header';

/** The first track whose lessons use the variables of TCP. */
const firstTrackOfVariables = tracks.indexOf('tcp-data');

const readsDerivations = ({lessons, learner}: Reader): boolean =>
  lessons.some(
    ({id, track}) =>
      learner?.lessons.get(id)?.finished === true &&
      (id === headerLesson || (track !== undefined && tracks.indexOf(track) >= firstTrackOfVariables)),
  );

/** Tells whether the plain sentence comes first, with the derivation one key later. */
export const plainFirst = (reader: Reader): boolean => {
  const {reasons = 'finished'} = reader.preferences;
  return reasons === 'plain' || (reasons === 'finished' && !readsDerivations(reader));
};

/** Returns how this reader looks at a run. */
export const lookingAs = (reader: Reader): Looking => ({
  ...reader.preferences,
  plainFirst: plainFirst(reader),
});
