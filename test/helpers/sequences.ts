// Runs and captures as the sequences that documents are made from.
import type {Language} from '../../source/lesson/lesson.ts';
import {type Sequence, sequenceOf} from '../../source/present/sequence/sequence.ts';
import {pacing} from '../../source/present/time/pacing.ts';
import type {Trace} from '../../source/sim/trace.ts';

export const sequenceFor = (
  trace: Trace,
  language: Language = 'en',
  options: {readonly most?: number; readonly foldsFrom?: number} = {},
): Sequence => sequenceOf({trace, pacing: pacing(trace), language, relative: false, most: 300, ...options});
