// All that a learner may change in a run of a lesson, each with its present value, its bounds and what it means.
import type {Lesson} from './lesson.ts';
import type {InEvery} from './text.ts';

export type Settable = {
  /** The place as `--set` takes it. */
  readonly place: string;
  readonly of: {readonly host: string} | {readonly link: string};
  readonly group: 'link' | 'tcp' | 'program' | 'call' | 'host' | 'actor';
  readonly unit: 'time' | 'size' | 'rate' | 'percent' | 'number' | 'switch' | 'choice' | 'text';
  /** The present value, in the notation of `--set`; empty if there is none. */
  readonly value: string;
  /** Whether the lesson says the value; otherwise it comes from the profile or a default. */
  readonly isWritten: boolean;
  readonly bounds: {
    readonly least?: string;
    readonly most?: string;
    readonly choices?: readonly string[];
  };
  readonly means: InEvery<string>;
  /** Sensible values in order, the present one among them, for stepping to and fro. */
  readonly steps: readonly string[];
};

/** Returns the settings of a run of the lesson: of its links, then of its hosts. */
export const settablesOf = (_lesson: Lesson, _run: string): readonly Settable[] => [];
