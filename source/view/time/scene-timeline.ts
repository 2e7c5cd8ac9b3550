// Marks of what has been passed on the timeline. What is to come is never shown.

import {packetOf} from '../../account/packet.ts';
import {formatShortTime} from '../../words/format.ts';
import {selectedPacket, type View} from '../view.ts';
import {at, momentAt, momentOf, timelineShare} from './pace.ts';
import type {PlaybackContext} from './playback-state.ts';
import {shownMarks} from './timeline-marks.ts';
import {placeOf} from './waypoints.ts';

export type TimelineMark =
  | {readonly kind: 'state' | 'lost' | 'again' | 'beat' | 'selected'; readonly share: number}
  /** The reader's own; also ahead of the place on the screen. */
  | {readonly kind: 'bookmark'; readonly share: number; readonly here: boolean}
  | {readonly kind: 'gap'; readonly share: number; readonly end: number; readonly length: string};

/** Where the packet that the reader has chosen left. */
const chosenMoments = (view: View): number[] => {
  const {trace, pacing, playback} = view.input;
  const id = selectedPacket(view);
  if (playback.selection.packet === undefined || id === undefined) return [];
  return [momentOf(pacing, packetOf(trace, id).sendEvent)];
};

export const marksOf = (view: View, {beats}: PlaybackContext): TimelineMark[] => {
  const {pacing, playback} = view.input;
  const whole = at(pacing.scaleMs, pacing.moments - 1);
  if (whole === 0) return [];
  const shareOf = (moment: number): number => at(pacing.scaleMs, moment) / whole;
  const shown = shownMarks(pacing);
  const passed = shown.marks.filter(({moment}) => moment <= view.moment);
  const gaps = shown.gaps.filter(({moment}) => moment < view.moment);
  return [
    ...playback.bookmarks.map((viewMs) => ({
      kind: 'bookmark' as const,
      share: timelineShare(pacing, viewMs),
      here: viewMs === playback.viewMs,
    })),
    ...beats
      .filter((beat) => placeOf(pacing, beat) <= playback.viewMs)
      .filter((beat) => beat.kind === 'narration' || playback.answers[beat.index] !== undefined)
      .map((beat) => ({kind: 'beat' as const, share: shareOf(momentAt(pacing, placeOf(pacing, beat)))})),
    ...passed.map(({kind, moment}) => ({kind, share: shareOf(moment)})),
    ...gaps.map(({moment, fromUs, toUs}) => ({
      kind: 'gap' as const,
      share: shareOf(moment),
      end: shareOf(moment + 1),
      length: formatShortTime(toUs - fromUs),
    })),
    ...chosenMoments(view).map((moment) => ({kind: 'selected' as const, share: shareOf(moment)})),
  ];
};
