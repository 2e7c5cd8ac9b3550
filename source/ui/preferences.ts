// The settings that the reader can change while the app runs.

import type {Language} from '../lesson/text.ts';
import type {GraphForm} from '../view/glyphs.ts';
import type {Motion} from '../view/time/playback-state.ts';
import type {ThemeName} from './palettes.ts';

/** The depths of reasons; `finished` depends on the lessons that the learner has finished. */
export const reasonDepths = ['finished', 'plain', 'full'] as const;
type ReasonDepth = (typeof reasonDepths)[number];

export type Preferences = {
  readonly language: Language;
  readonly theme: ThemeName;
  readonly ascii: boolean;
  /** The form of graphs, unless `ascii` is on. */
  readonly graphs: GraphForm;
  readonly motion: Motion;
  /** Shows values that a lesson has not reached yet, too. */
  readonly allValues?: boolean;
  /** The depth in which *Why?* and *What is this?* answer first. @default 'finished' */
  readonly reasons?: ReasonDepth;
  /** The terminal reports clicks. */
  readonly mouse: boolean;
  /** The program writes sentences instead of pictures. */
  readonly screenReader: boolean;
  /** A presentation with a clicker; not saved. */
  readonly presented?: boolean;
  /** Plays without a reader, one lesson after the other; not saved. */
  readonly unattended?: boolean;
};
