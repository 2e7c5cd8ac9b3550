// Builds the input with which a run is drawn outside the player: paused at one place, without questions and choices.
import type {BoundBeat} from '../lesson/bound-beat.ts';
import type {Language, Text} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import type {SceneInput} from './scene-input.ts';
import type {Pacing} from './time/pace.ts';
import {pacing} from './time/pacing.ts';
import {startPlayback} from './time/playback.ts';

const pacingOf = oncePer(pacing);

export type PlainLook = {
  readonly beats: readonly BoundBeat[];
  readonly title: Text | undefined;
  readonly source: string;
  readonly language: Language;
  readonly rule: SceneInput['rule'];
  /** Returns the place, in milliseconds of viewing time, at which the run is drawn. */
  readonly place: (paced: Pacing) => number;
};

export const plainInput = (
  trace: Trace,
  {beats, title, source, language, rule, place}: PlainLook,
): SceneInput => {
  const paced = pacingOf(trace);
  const start = startPlayback({language, motion: 'none', speed: 1, stopAtBeats: false, playing: false});
  return {
    ...{trace, pacing: paced, beats, source, title, runTitle: undefined, whatIfs: []},
    ...{rule, misconception: () => undefined, message: undefined},
    playback: {...start, viewMs: place(paced)},
  };
};
