// Runs and captures as the sequences that documents are made from.

import {firstPacketsOf} from '../../source/account/first-packets.ts';
import type {Language} from '../../source/lesson/text.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {type Sequence, sequenceOf} from '../../source/tell/sequence/sequence.ts';
import {pacing} from '../../source/view/time/pacing.ts';

export const sequenceFor = (
  whole: Trace,
  language: Language = 'en',
  {most = 300, foldsFrom}: {readonly most?: number; readonly foldsFrom?: number} = {},
): Sequence => {
  const trace = firstPacketsOf(whole, most);
  return sequenceOf({
    trace,
    pacing: pacing(trace),
    language,
    relative: false,
    omitted: whole.packetCount - trace.packetCount,
    ...(foldsFrom === undefined ? {} : {foldsFrom}),
  });
};
