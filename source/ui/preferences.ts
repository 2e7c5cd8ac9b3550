// The settings that the reader can change while the app runs.

import type {Language} from '../lesson/text.ts';
import type {GraphForm} from '../view/glyphs.ts';
import type {Motion} from '../view/time/playback-state.ts';
import type {ThemeName} from './palettes.ts';

/** The choices for how *Why?* explains first: `plain`, `full`, or as the learner's finished lessons suggest (`finished`). */
export const reasonDepths = ['finished', 'plain', 'full'] as const;
type ReasonDepth = (typeof reasonDepths)[number];

export type Preferences = {
  readonly language: Language;
  readonly theme: ThemeName;
  readonly ascii: boolean;
  /** The characters that graphs draw curves with, unless `ascii` is on. */
  readonly graphs: GraphForm;
  readonly motion: Motion;
  /** True if values are shown that a lesson has not reached yet. */
  readonly allValues?: boolean;
  /** The way in which *Why?* and *What is this?* explain first. @default 'finished' */
  readonly reasons?: ReasonDepth;
  /** True if the terminal reports clicks to the program. */
  readonly mouse: boolean;
  /** True if the program writes sentences instead of drawing. */
  readonly screenReader: boolean;
  /** True in a presentation with a clicker; it is not saved. */
  readonly presented?: boolean;
  /** True if the app plays without a reader, one lesson after the other; it is not saved. */
  readonly unattended?: boolean;
};
