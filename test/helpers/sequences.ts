// Runs and captures as the sequences that documents are made from.
import type {Language} from '../../source/lesson/lesson.ts';
import {beginningOf} from '../../source/present/sequence/beginning.ts';
import {type Sequence, sequenceOf} from '../../source/present/sequence/sequence.ts';
import {pacing} from '../../source/present/time/pacing.ts';
import type {Trace} from '../../source/sim/trace.ts';

export const sequenceFor = (
  whole: Trace,
  language: Language = 'en',
  {most = 300, foldsFrom}: {readonly most?: number; readonly foldsFrom?: number} = {},
): Sequence => {
  const trace = beginningOf(whole, most);
  return sequenceOf({
    trace,
    pacing: pacing(trace),
    language,
    relative: false,
    omitted: whole.packetCount - trace.packetCount,
    ...(foldsFrom === undefined ? {} : {foldsFrom}),
  });
};
