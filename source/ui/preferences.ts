// What the reader may change while the app runs.

import type {Language} from '../lesson/text.ts';
import type {GraphForm} from '../view/glyphs.ts';
import type {Motion} from '../view/time/playback-state.ts';
import type {ThemeName} from './palettes.ts';

/** `finished`: as the lessons that the learner has finished say. */
export const reasonDepths = ['finished', 'plain', 'full'] as const;
type ReasonDepth = (typeof reasonDepths)[number];

export type Preferences = {
  readonly language: Language;
  readonly theme: ThemeName;
  readonly ascii: boolean;
  /** Unless `ascii` is on. */
  readonly graphs: GraphForm;
  readonly motion: Motion;
  /** Also values that a lesson has not come to. */
  readonly allValues?: boolean;
  /** In what depth *Why?* and *What is this?* answer first. @default 'finished' */
  readonly reasons?: ReasonDepth;
  /** The terminal tells of clicks. */
  readonly mouse: boolean;
  /** Sentences in place of pictures. */
  readonly screenReader: boolean;
  /** Before an audience, by a clicker; not kept. */
  readonly presented?: boolean;
  /** Plays by itself where nobody sits, one lesson after the other; not kept. */
  readonly unattended?: boolean;
};
