// Computes the marks on the timeline for what has happened so far. Nothing that is still to come is shown.

import {packetOf} from '../../account/packet.ts';
import {bisect, type SharedList} from '../../wire/growing-list.ts';
import {oncePer} from '../../wire/once-per.ts';
import {formatClock, formatFine, formatShortTime} from '../../words/format.ts';
import {selectedPacket, type View} from '../view.ts';
import {at, type Gap, type MarkKind, momentAt, momentOf, type Pacing, timelineShare} from './pace.ts';
import type {PlaybackContext} from './playback-state.ts';
import {beatMs} from './waypoints.ts';

type Mark = {readonly kind: MarkKind; readonly moment: number};

type Shown = {readonly marks: readonly Mark[]; readonly gaps: readonly Gap[]};

/** The number of parts into which the timeline is divided, more than any screen has columns. */
const parts = 1000;

/** Returns the moments of marks of one kind, thinned out to the first one in each part of the timeline. */
const firstOfParts = ({scaleMs, moments}: Pacing, marks: SharedList<number>): readonly number[] => {
  const partMs = at(scaleMs, moments - 1) / parts;
  const partOf = (index: number): number => Math.floor(at(scaleMs, at(marks, index)) / partMs);
  const firsts: number[] = [];
  for (let index = 0; index < marks.length; ) {
    const part = partOf(index);
    firsts.push(at(marks, index));
    index = bisect(marks.length, (later) => partOf(later) > part);
  }
  return firsts;
};

const kinds: readonly MarkKind[] = ['state', 'lost', 'again'];

const marksIn = ({marks}: Pacing, shown: (of: SharedList<number>) => readonly number[]): readonly Mark[] =>
  kinds.flatMap((kind) => shown(marks[kind]).map((moment) => ({kind, moment})));

/** Tells whether skipped idle time is long enough to have a column on the timeline. */
const isWide = ({scaleMs, moments}: Pacing, {moment}: Gap): boolean =>
  at(scaleMs, moment + 1) - at(scaleMs, moment) >= at(scaleMs, moments - 1) / parts;

/**
 * Returns the marks, by kind, and the skipped gaps that the timeline can show: all of them in a short run, otherwise at most one of a kind
 * for each part.
 */
export const shownMarks = oncePer((pacing: Pacing): Shown => {
  const {marks, gaps} = pacing;
  const count = marks.state.length + marks.lost.length + marks.again.length + gaps.length;
  if (count <= parts) return {marks: marksIn(pacing, (all) => all.slice(0)), gaps: gaps.slice(0)};
  return {
    marks: marksIn(pacing, (all) => firstOfParts(pacing, all)),
    gaps: gaps.slice(0).filter((gap) => isWide(pacing, gap)),
  };
});

export type TimelineMark =
  | {readonly kind: 'state' | 'lost' | 'again' | 'beat' | 'selected'; readonly share: number}
  /** A bookmark of the reader, which may also be ahead of the present place. */
  | {readonly kind: 'bookmark'; readonly share: number; readonly here: boolean}
  | {readonly kind: 'gap'; readonly share: number; readonly end: number; readonly length: string};

/** Returns the moment at which the selected packet was sent, in a list; empty without a selected packet. */
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
      .filter((beat) => beatMs(pacing, beat) <= playback.viewMs)
      .filter((beat) => beat.kind === 'narration' || playback.answers[beat.index] !== undefined)
      .map((beat) => ({kind: 'beat' as const, share: shareOf(momentAt(pacing, beatMs(pacing, beat)))})),
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

/** The duration of a run in µs below which a clock of whole milliseconds would show next to nothing. */
const shortUs = 10_000;

/**
 * Returns the text of the clock: whole milliseconds for a simulated run; for captures and short runs a time as exact as that of packets.
 */
export const clockOf = ({nowUs, input: {trace}}: View): string =>
  trace.header.profile === 'capture' || trace.durationUs < shortUs ? formatFine(nowUs) : formatClock(nowUs);
