// Decides whether *Why?* and words are explained plainly first, by the setting or by the learner's progress.
import {type Track, tracks} from '../lesson/tracks.ts';
import type {AppState} from './app-state.ts';
import type {Looking} from './player.ts';

type Reader = Pick<AppState, 'preferences' | 'lessons' | 'learner'>;

/** The lesson after which a learner knows the fields of a TCP segment by name. */
const headerLesson = 'tcp-header';

/** The index of the first track whose lessons use TCP's variables. */
const order: readonly Track[] = tracks;
const firstTrackOfVariables = order.indexOf('tcp-data');

const readsDerivations = ({lessons, learner}: Reader): boolean =>
  lessons.some(
    ({id, track}) =>
      learner?.lessons.get(id)?.finished === true &&
      (id === headerLesson || (track !== undefined && order.indexOf(track) >= firstTrackOfVariables)),
  );

/** Tells whether the plain explanation comes first, and the full one follows after another key. */
export const plainFirst = (reader: Reader): boolean => {
  const {reasons = 'finished'} = reader.preferences;
  return reasons === 'plain' || (reasons === 'finished' && !readsDerivations(reader));
};

/** Returns the preferences with which this reader looks at a run. */
export const lookingAs = (reader: Reader): Looking => ({
  ...reader.preferences,
  plainFirst: plainFirst(reader),
});
