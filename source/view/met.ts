// What a beginner has met: values, parts and panels that the lesson has come to. Place by place, so that going back hides them again.
import {everShown, type ShownPart} from '../lesson/shown.ts';
import {placeOf} from './time/waypoints.ts';
import type {View} from './view.ts';

export const isNamed = (shown: readonly string[], name: string): boolean =>
  shown.some((each) => each === name || each.endsWith(`.${name}`));

/** undefined: nothing is hidden. */
const metBy = ({input: {shows, beats, pacing, playback}}: View): readonly string[] | undefined => {
  if (shows === undefined || playback.allValues) return undefined;
  const told = beats.filter((beat) => placeOf(pacing, beat) <= playback.viewMs);
  return everShown({shows, beats: told});
};

/** Whether a value is on the screen by now, by its name without a host. */
export const metIn = (view: View): ((name: string) => boolean) => {
  const met = metBy(view);
  return (name) => met === undefined || isNamed(met, name);
};

export const hasMet = (view: View, part: ShownPart | 'state'): boolean => metIn(view)(part);

/** A panel that the lesson shows later, if it says so. */
export const isYetToCome = (view: View, panel: string): boolean => {
  const {shows, beats} = view.input;
  return everShown({shows, beats})?.includes(panel) === true && !metIn(view)(panel);
};
