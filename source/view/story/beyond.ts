// Finds the card or the other lesson to which a narration leads. It stays available after later narrations.
import type {Card} from '../../lesson/data.ts';
import type {Text} from '../../lesson/text.ts';
import type {SceneInput} from '../scene-input.ts';
import {type Narration, narrationsTo} from '../time/waypoints.ts';

export type LinkedLesson = {readonly id: string; readonly title: Text};

type Place = Pick<SceneInput, 'beats' | 'pacing' | 'playback' | 'reference'>;

/** Returns the first result of `find` over the narrations reached so far, the newest first; undefined if it finds nothing. */
const newest = <Found>(
  {beats, pacing, playback}: Place,
  find: (narration: Narration) => Found | undefined,
): Found | undefined => {
  for (const narration of narrationsTo({beats, pacing}, playback.viewMs).toReversed()) {
    const found = find(narration);
    if (found !== undefined) return found;
  }
  return undefined;
};

export const cardAt = (place: Place): Card | undefined =>
  newest(place, ({card}) => (card === undefined ? undefined : place.reference?.card(card)));

/** Returns the lesson to which a narration links; undefined if it links to none that this version has. */
export const linkOf = ({reference}: Place, {link}: Narration): LinkedLesson | undefined => {
  const title = link === undefined ? undefined : reference?.lessonTitle(link);
  return link === undefined || title === undefined ? undefined : {id: link, title};
};

export const linkAt = (place: Place): LinkedLesson | undefined =>
  newest(place, (narration) => linkOf(place, narration));
