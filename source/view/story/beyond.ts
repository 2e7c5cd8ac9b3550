// Tells where the narration leads: to a card, or to another lesson. What has been reached can always be reached again.
import type {Card} from '../../lesson/data.ts';
import type {Text} from '../../lesson/text.ts';
import type {SceneInput} from '../scene-input.ts';
import {type Narration, narrationsTo} from '../time/waypoints.ts';

export type LinkedLesson = {readonly id: string; readonly title: Text};

type Place = Pick<SceneInput, 'beats' | 'pacing' | 'playback' | 'reference'>;

/** Returns the first result of `find`, over the narrations that were reached, the newest first. */
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

/** Returns the lesson to which a narration leads. */
export const linkOf = ({reference}: Place, {link}: Narration): LinkedLesson | undefined => {
  const title = link === undefined ? undefined : reference?.lessonTitle(link);
  return link === undefined || title === undefined ? undefined : {id: link, title};
};

export const linkAt = (place: Place): LinkedLesson | undefined =>
  newest(place, (narration) => linkOf(place, narration));
